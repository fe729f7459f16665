import { z } from 'zod';
import { SESSION_COOKIES } from '../../../kernel/auth/principal.ts';
import { endSession } from '../../../kernel/auth/session.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { cgs } from '../desk.ts';
import { cookieOptions } from './session-cookie.ts';

const logoutBy = (method: 'get' | 'post') =>
  cgs.publicEndpoint({
    method,
    path: '/logout',
    summary: 'Ends the session and clears its cookies',
    contract: 'Authentication 2',
    input: noInput,
    status: 200,
    returns: 'no data; the cookies are cleared',
    // The contract's response has no data.
    output: z.undefined().optional(),
    cost: { reads: 0, writes: 1 },
    sample: { as: 'FOC' },
    handle: async ({ sessionToken, store, setCookie }) => {
      if (sessionToken !== undefined) {
        await endSession(store, sessionToken);
      }
      for (const name of SESSION_COOKIES) {
        setCookie({ name, value: '', options: { ...cookieOptions, maxAge: 0 } });
      }
      return undefined;
    },
  });

/** 200 without a session, too: the caller is signed out either way. */
export const logout = logoutBy('get');
export const logoutByPost = logoutBy('post');
