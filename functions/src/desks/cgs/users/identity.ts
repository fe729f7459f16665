import { z } from 'zod';
import { identityEndpoints } from '../../../kernel/identity/kit.ts';
import type { IdentityStyle } from '../../../kernel/identity/style.ts';
import { actorOf, cgs, noData, resultOf } from '../desk.ts';

/** How the desk answers people about themselves. */
export const OWN_STYLE: IdentityStyle = {
  one: { schema: resultOf, of: (result) => ({ result }) },
  list: { schema: (row) => resultOf(z.array(row)), of: (result) => ({ result }) },
  done: { schema: noData, of: () => ({}) },
  login: {
    contract: 'Authentication 1',
    returns: 'a custom token and when it expires; the session is in the cookies',
    schema: z.object({
      token: z.string().meta({ description: 'Firebase custom token for signInWithCustomToken' }),
      iat: z.int().meta({ description: 'seconds since the epoch' }),
      exp: z.int().meta({ description: 'seconds since the epoch' }),
    }),
    of: ({ customToken }) => customToken,
    claimsOf: (person) => {
      const actor = actorOf(person);
      return actor === undefined ? {} : { role: actor.role, region: actor.region };
    },
  },
  logout: {
    contract: 'Authentication 2',
    methods: ['get', 'post'],
    // The contract's response has no data.
    schema: z.undefined().optional(),
    of: () => undefined,
  },
};

/** Signing in and out (contract, "Authentication"), and the caller's own sessions. */
export const IDENTITY_ENDPOINTS = identityEndpoints(cgs, OWN_STYLE);
