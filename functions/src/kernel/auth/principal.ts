import type { IncomingHttpHeaders } from 'node:http';
import { parse as parseCookies } from 'cookie';
import { type Problem, refuse } from '../problem.ts';
import type { DocKey, Loaded, Reads } from '../store/document.ts';
import type { Accounts } from './accounts.ts';
import { type Person, people } from './person.ts';
import { claimedUid, isLive, type Session, sessionOf } from './session.ts';

/** Firebase Hosting forwards only the cookie `__session`; `session_id` is the contract's name. */
export const SESSION_COOKIES = ['session_id', '__session'] as const;

/** How the cookie and the bearer token of a request are looked up, before anything is read. */
export type Credential =
  | { readonly kind: 'none' }
  | { readonly kind: 'session'; readonly uid: string; readonly key: DocKey<Session> }
  | {
      readonly kind: 'token';
      readonly uid: string;
      readonly key: DocKey<Person>;
      readonly signedInAt: Date;
    };

/** Who sends a request. */
export interface Principal {
  readonly person: Person;
  /** The session it came by; undefined for a bearer token. */
  readonly session: Loaded<Session> | undefined;
}

/** The session cookie's value, if it has the form of one. */
export const sessionTokenOf = (headers: IncomingHttpHeaders): string | undefined => {
  const cookies = parseCookies(headers.cookie ?? '');
  return SESSION_COOKIES.map((name) => cookies[name]).find(
    (value) => value !== undefined && claimedUid(value) !== undefined,
  );
};

/** Reads the request's credential. A bearer token comes first: it was sent on purpose. */
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
  const uid = token === undefined ? undefined : claimedUid(token);
  if (token === undefined || uid === undefined) return { kind: 'none' };
  return { kind: 'session', uid, key: sessionOf(token) };
};

/** The person behind a credential, by the documents it named; 401 when it holds no longer. */
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
