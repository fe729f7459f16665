import { z } from 'zod';
import { COMMON_PASSWORDS } from './common-passwords.ts';

const FEWEST = 8;
const MOST = 1024;

const common = new Set(COMMON_PASSWORDS.trim().split(/\s+/));

/** Characters as people count them: an emoji is one. */
const length = (password: string): number => [...password].length;

/**
 * A password that somebody chooses from now on. Those that are in use already are not asked for
 * more: they are compared with the account only. No character is required or refused, and none is
 * cut off.
 */
export const newPassword = z
  .string()
  .refine((password) => length(password) >= FEWEST, `Use at least ${FEWEST} characters.`)
  .refine((password) => length(password) <= MOST, `Use at most ${MOST} characters.`)
  .refine(
    (password) => !common.has(password.toLowerCase()),
    'Choose another one: this is one of the most used passwords.',
  )
  .meta({
    minLength: FEWEST,
    maxLength: MOST,
    description: 'none of the 3,000 most used passwords',
  });
