import { z } from 'zod';
import { endSession } from '../../../kernel/auth/session.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { cgs } from '../desk.ts';
import { cookieOptions } from './session-cookie.ts';

const logoutBy = (method: 'get' | 'post') =>
  cgs.publicEndpoint({
    method,
    path: '/logout',
    summary: 'Ends the session; the browser forgets what it has kept of it',
    contract: 'Authentication 2',
    input: noInput,
    status: 200,
    returns: 'no data',
    // The contract's response has no data.
    output: z.undefined().optional(),
    headers: z.object({ 'Clear-Site-Data': z.string() }),
    cost: { reads: 1, writes: 1 },
    sample: { as: 'FOC' },
    handle: async ({ credential, runtime, store, setCookie, setHeader }) => {
      if (credential.kind !== 'none') await endSession(runtime, store, credential);
      // `__session` stays: it opens nothing any more, and tells that this browser has signed in
      // before, so that the guesses of strangers don't keep its owner out.
      setCookie({ name: 'session_id', value: '', options: { ...cookieOptions, maxAge: 0 } });
      setHeader('Clear-Site-Data', '"cache", "storage"');
      return undefined;
    },
  });

/** 200 without a session, too: the caller is signed out either way. */
export const logout = logoutBy('get');
export const logoutByPost = logoutBy('post');
