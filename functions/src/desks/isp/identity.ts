import { identityEndpoints } from '../../kernel/identity/kit.ts';
import { ANSWERS, doneSchema, isp } from './desk.ts';

/** Signing in, which gives the contract's bearer token, and out; the caller's own sessions. */
export const IDENTITY_ENDPOINTS = identityEndpoints(isp, {
  ...ANSWERS,
  done: { schema: doneSchema, of: (what) => ({ message: `${what} successfully` }) },
});
