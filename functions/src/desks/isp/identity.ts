import { identityEndpoints } from '../../kernel/identity/kit.ts';
import type { IdentityStyle } from '../../kernel/identity/style.ts';
import { ANSWERS, doneSchema, isp } from './desk.ts';

/** How the desk answers people about themselves. */
export const OWN_STYLE: IdentityStyle = {
  ...ANSWERS,
  done: { schema: doneSchema, of: (what) => ({ message: `${what} successfully` }) },
};

/** Signing in, which gives the contract's bearer token, and out; the caller's own sessions. */
export const IDENTITY_ENDPOINTS = identityEndpoints(isp, OWN_STYLE);
