import { randomBytes } from 'node:crypto';
import type { Webhook } from './collection.ts';

/** How long the secret before signs as well, so that receivers can change over. */
const OVERLAP_MS = 24 * 60 * 60_000;

/** A random secret of 32 bytes, in the form of Standard Webhooks. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** The fields of a webhook that gets another secret. */
export const rotated = ({ secret: before }: Webhook, secret: string, now: Date) =>
  ({
    secret,
    secretSince: now,
    previous: { secret: before, until: new Date(now.getTime() + OVERLAP_MS) },
    updatedAt: now,
  }) satisfies Partial<Webhook>;

/** The secrets that sign now. */
export const secretsOf = (
  { secret, previous }: Pick<Webhook, 'secret' | 'previous'>,
  now: Date,
): readonly string[] =>
  previous !== null && previous.until > now ? [secret, previous.secret] : [secret];
