import { z } from 'zod';
import { endSession } from '../auth/session.ts';
import { type Endpoint, noInput } from '../http/endpoint.ts';
import { ADDITION, type Served } from './served.ts';
import { cookieOptions } from './session-cookie.ts';
import type { IdentityStyle, LogoutForm } from './style.ts';

const byPost = ({ done }: IdentityStyle): LogoutForm => ({
  contract: ADDITION,
  methods: ['post'],
  schema: done.schema,
  of: () => done.of('Signed out'),
});

/** Signs out. 200 without a session, too: the caller is signed out either way. */
export const logout = <A>({ settings, style, publicEndpoint }: Served<A>): Endpoint[] => {
  const form = style.logout ?? byPost(style);
  return form.methods.map((method) =>
    publicEndpoint({
      method,
      path: '/logout',
      summary: 'Ends the session; the browser forgets what it has kept of it',
      contract: form.contract,
      input: noInput,
      status: 200,
      returns: 'no data',
      output: form.schema,
      headers: z.object({ 'Clear-Site-Data': z.string() }),
      cost: { reads: 1, writes: 1 },
      sample: { as: settings.roles[0] ?? '' },
      handle: async ({ credential, runtime, store, setCookie, setHeader }) => {
        if (credential.kind !== 'none') await endSession(runtime, store, credential);
        // `__session` stays: it opens nothing any more, and tells that this browser has signed in
        // before, so that the guesses of strangers don't keep its owner out.
        setCookie({ name: 'session_id', value: '', options: { ...cookieOptions, maxAge: 0 } });
        setHeader('Clear-Site-Data', '"cache", "storage"');
        return form.of();
      },
    }),
  );
};
