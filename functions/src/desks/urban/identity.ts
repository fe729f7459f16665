import { z } from 'zod';
import { identityEndpoints } from '../../kernel/identity/kit.ts';
import { urban } from './desk.ts';

/** Signing in and out, and the caller's own sessions. */
export const IDENTITY_ENDPOINTS = identityEndpoints(urban, {
  one: { schema: (data) => data, of: (data) => data },
  list: { schema: (row) => z.array(row), of: (rows) => rows },
  done: { schema: z.strictObject({}), of: () => ({}) },
});
