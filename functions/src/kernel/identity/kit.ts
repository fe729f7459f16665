import type { Endpoint } from '../http/endpoint.ts';
import { getFirebaseToken } from './firebase-token.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';
import { getMe } from './me.ts';
import { changePassword } from './password.ts';
import { confirmPasswordReset, requestPasswordReset } from './password-reset.ts';
import { type IdentityDesk, serve } from './served.ts';
import { endOneSession, endOtherSessions, listSessions } from './sessions.ts';
import type { IdentityStyle } from './style.ts';

/** The endpoints by which people sign in at a desk and see to their own sign-ins and password. */
export const identityEndpoints = <A, Role extends string>(
  desk: IdentityDesk<A, Role>,
  style: IdentityStyle,
): readonly Endpoint[] => {
  const served = serve(desk, style);
  const made = [
    login,
    getMe,
    listSessions,
    endOneSession,
    endOtherSessions,
    getFirebaseToken,
    changePassword,
    requestPasswordReset,
    confirmPasswordReset,
  ];
  return [...made.map((make) => make(served)), ...logout(served)];
};
