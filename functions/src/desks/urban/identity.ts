import { z } from 'zod';
import { BARE } from '../../kernel/http/answer-style.ts';
import { identityEndpoints } from '../../kernel/identity/kit.ts';
import { urban } from './desk.ts';

/** Signing in and out, and the caller's own sessions. */
export const IDENTITY_ENDPOINTS = identityEndpoints(urban, {
  ...BARE,
  done: { schema: z.strictObject({}), of: () => ({}) },
});
