import type { IncomingHttpHeaders } from 'node:http';
import { parse as parseCookies } from 'cookie';
import { type Problem, refuse } from '../problem.ts';
import type { DocKey, Loaded, Reads } from '../store/document.ts';
import type { Accounts } from './accounts.ts';
import { type Profile, people } from './person.ts';
import { uidIn, isLive, type Session, sessionOf } from './session.ts';

/** Firebase Hosting forwards only the cookie `__session`; `session_id` is the contract's name. */
export const SESSION_COOKIES = ['session_id', '__session'] as const;

/** The cookie or the bearer token of a request, and the document to look it up in. */
export type Credential =
  | { readonly kind: 'none' }
  | { readonly kind: 'session'; readonly uid: string; readonly key: DocKey<Session> }
  | {
      readonly kind: 'token';
      readonly uid: string;
      readonly key: DocKey<Profile>;
      readonly signedInAt: Date;
    };

/** Who sends a request. */
export interface Principal {
  readonly person: Profile;
  /** The session of the cookie; undefined for a bearer token. */
  readonly session: Loaded<Session> | undefined;
}

/** The value of the session cookie; undefined if it does not have the right form. */
export const sessionTokenOf = (headers: IncomingHttpHeaders): string | undefined => {
  const cookies = parseCookies(headers.cookie ?? '');
  return SESSION_COOKIES.map((name) => cookies[name]).find(
    (value) => value !== undefined && uidIn(value) !== undefined,
  );
};

/**
 * Reads the request's credential. A bearer token is preferred to a cookie, which browsers send
 * without being asked.
 */
export const credentialOf = async (
  headers: IncomingHttpHeaders,
  accounts: Accounts,
  accepts: readonly ('session' | 'token')[],
): Promise<Credential> => {
  const [, bearer] = /^Bearer +([\w.-]+)$/i.exec(headers.authorization ?? '') ?? [];
  if (bearer !== undefined && accepts.includes('token')) {
    const claims = await accounts.verify(bearer);
    if (claims === undefined) return { kind: 'none' };
    return { kind: 'token', key: people.doc(claims.uid), ...claims };
  }
  const token = accepts.includes('session') ? sessionTokenOf(headers) : undefined;
  const uid = token === undefined ? undefined : uidIn(token);
  if (token === undefined || uid === undefined) return { kind: 'none' };
  return { kind: 'session', uid, key: sessionOf(token) };
};

/** The person who has a credential, from its document; 401 when it is no longer valid. */
export const principalOf = (
  credential: Credential,
  reads: Reads,
  now: Date,
): Principal | Problem => {
  if (credential.kind === 'session') {
    const session = reads.get(credential.key);
    if (session === undefined || !isLive(session.data, now)) return refuse('auth/required');
    return { person: session.data.person, session };
  }
  if (credential.kind === 'token') {
    const person = reads.get(credential.key)?.data;
    if (person?.active !== true || credential.signedInAt < person.validAfter)
      return refuse('auth/required');
    return { person, session: undefined };
  }
  return refuse('auth/required');
};
