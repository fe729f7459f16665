import { z } from 'zod';
import { type Endpoint, noInput } from '../http/endpoint.ts';
import type { Served } from './served.ts';

const tokenSchema = z.object({
  firebaseToken: z
    .string()
    .meta({ description: 'Firebase custom token for signInWithCustomToken' }),
  expiresAt: z.iso.datetime().meta({ description: 'until when it can be exchanged' }),
});

/** Returns another custom token for the listeners of the same session. */
export const getFirebaseToken = <A>({ style, own }: Served<A>): Endpoint =>
  own({
    method: 'get',
    path: '/me/firebase-token',
    summary: 'Returns a token with which the listeners of this session sign in again',
    refusals: ['auth/unavailable'],
    input: noInput,
    status: 200,
    output: style.one.schema(tokenSchema),
    returns: 'a custom token, such as a login gives',
    cost: { reads: 1, writes: 0 },
    sample: {},
    handle: async ({ principal: { person, sid }, runtime }) => {
      const claims = { ...style.login?.claimsOf(person), sid };
      const { token, exp } = await runtime.accounts.customToken(person.id, claims);
      return style.one.of({
        firebaseToken: token,
        expiresAt: new Date(exp * 1000).toISOString(),
      });
    },
  });
