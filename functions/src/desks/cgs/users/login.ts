import { z } from 'zod';
import { SESSION_COOKIES } from '../../../kernel/auth/principal.ts';
import { signIn } from '../../../kernel/auth/sign-in.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import { actorOf, cgs } from '../desk.ts';
import { COOKIE_AGE_MS, cookieOptions } from './session-cookie.ts';

/** Signs in to all desks (contract, "Authentication 1"). */
export const login = cgs.publicEndpoint({
  method: 'post',
  path: '/login',
  summary: 'Signs in: a session cookie, and a custom token for the listeners',
  contract: 'Authentication 1',
  refusals: [
    'auth/wrong-credentials',
    'auth/second-factor',
    'auth/too-many-attempts',
    'auth/unavailable',
  ],
  input: {
    ...noInput,
    body: z.strictObject({
      email: z.email().max(320),
      password: z.string().min(1).max(1024),
    }),
  },
  status: 200,
  returns: 'a custom token and when it expires; the session is in the cookies',
  output: z.object({
    token: z.string().meta({ description: 'Firebase custom token for signInWithCustomToken' }),
    iat: z.int().meta({ description: 'seconds since the epoch' }),
    exp: z.int().meta({ description: 'seconds since the epoch' }),
  }),
  // Reads: the attempts of the account and of the network (twice each), the person. Writes: both
  // attempts, reserved and given back; the grant with the session, the last login that is shown; the
  // entry in the audit log.
  cost: { reads: 5, writes: 7 },
  sample: {
    as: 'nobody',
    given: 'person',
    body: { email: '{email}', password: '{password}' },
  },
  handle: async ({ input: { body }, runtime, store, origin, credential, setCookie }) => {
    const signedIn = await signIn(runtime, store, {
      ...body,
      origin,
      desk: 'cgs',
      previous: credential.kind === 'cookie' ? credential : undefined,
      claimsOf: (person) => {
        const actor = actorOf(person);
        return actor === undefined ? {} : { role: actor.role, region: actor.region };
      },
    });
    if (signedIn instanceof Problem) return signedIn;
    for (const name of SESSION_COOKIES) {
      const options = { ...cookieOptions, maxAge: COOKIE_AGE_MS };
      setCookie({ name, value: signedIn.sessionToken, options });
    }
    return signedIn.customToken;
  },
});
