import { z } from 'zod';
import { BARE } from '../../kernel/http/answer-style.ts';
import { identityEndpoints } from '../../kernel/identity/kit.ts';
import type { IdentityStyle } from '../../kernel/identity/style.ts';
import { community } from './desk.ts';

/** How the desk answers people about themselves. */
export const OWN_STYLE: IdentityStyle = {
  ...BARE,
  done: { schema: z.strictObject({}), of: () => ({}) },
};

/** Signing in and out, and the caller's own sessions. */
export const IDENTITY_ENDPOINTS = identityEndpoints(community, OWN_STYLE);
