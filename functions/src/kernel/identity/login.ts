import { z } from 'zod';
import { SESSION_COOKIES } from '../auth/principal.ts';
import { signIn } from '../auth/sign-in.ts';
import { type Endpoint, noInput } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import { ADDITION, type Served } from './served.ts';
import { COOKIE_AGE_MS, cookieOptions } from './session-cookie.ts';
import type { IdentityStyle, LoginForm } from './style.ts';

const tokensSchema = z
  .object({
    token: z.string().meta({ description: 'the session, for Authorization: Bearer' }),
    expiresAt: z.iso.datetime().meta({ description: 'when it ends, if it is not used' }),
    firebaseToken: z
      .string()
      .meta({ description: 'Firebase custom token for signInWithCustomToken' }),
  })
  .meta({ id: 'Tokens' });

/** The login of a desk whose contract asks for no other. */
const tokens = ({ one }: IdentityStyle): LoginForm => ({
  contract: ADDITION,
  returns: 'the session as a bearer token, until when it is open, and a custom token',
  schema: one.schema(tokensSchema),
  of: ({ sessionToken, expiresAt, customToken }) =>
    one.of({
      token: sessionToken,
      expiresAt: expiresAt.toISOString(),
      firebaseToken: customToken.token,
    }),
  claimsOf: () => ({}),
});

const DECLARATION = {
  method: 'post',
  path: '/login',
  summary: 'Signs in: a session cookie, and a custom token for the listeners',
  refusals: [
    'auth/wrong-credentials',
    'auth/second-factor',
    'auth/too-many-attempts',
    'auth/unavailable',
  ],
  input: {
    ...noInput,
    body: z.strictObject({ email: z.email().max(320), password: z.string().min(1).max(1024) }),
  },
  status: 200,
  // Reads: the attempts of the account and of the network (twice each), the person. Writes: both
  // attempts, reserved and given back; the grant with the session, the last login that is shown; the
  // entry in the audit log.
  cost: { reads: 5, writes: 7 },
  sample: { as: 'nobody', given: 'person', body: { email: '{email}', password: '{password}' } },
} as const;

/** Signs in to all desks, in the format of one of them. */
export const login = <A>({ settings, style, publicEndpoint }: Served<A>): Endpoint => {
  const form = style.login ?? tokens(style);
  return publicEndpoint({
    ...DECLARATION,
    contract: form.contract,
    returns: form.returns,
    output: form.schema,
    handle: async ({ input: { body }, runtime, store, origin, credential, setCookie }) => {
      const signedIn = await signIn(runtime, store, {
        ...body,
        origin,
        desk: settings.name,
        previous: credential.kind === 'none' ? undefined : credential,
        claimsOf: form.claimsOf,
      });
      if (signedIn instanceof Problem) return signedIn;
      for (const name of SESSION_COOKIES) {
        const options = { ...cookieOptions, maxAge: COOKIE_AGE_MS };
        setCookie({ name, value: signedIn.sessionToken, options });
      }
      return form.of(signedIn);
    },
  });
};
