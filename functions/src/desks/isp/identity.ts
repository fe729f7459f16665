import { z } from 'zod';
import { identityEndpoints } from '../../kernel/identity/kit.ts';
import { dataOf, doneSchema, isp } from './desk.ts';

/** Signing in, which gives the contract's bearer token, and out; the caller's own sessions. */
export const IDENTITY_ENDPOINTS = identityEndpoints(isp, {
  one: { schema: dataOf, of: (data) => ({ data }) },
  list: { schema: (row) => dataOf(z.array(row)), of: (data) => ({ data }) },
  done: { schema: doneSchema, of: (what) => ({ message: `${what} successfully` }) },
});
