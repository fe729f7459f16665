import type { IncomingHttpHeaders } from 'node:http';
import { parse as parseCookies } from 'cookie';
import { type Problem, refuse } from '../problem.ts';
import type { DocKey, Loaded, Reads } from '../store/document.ts';
import type { Accounts } from './accounts.ts';
import { type Grant, grants } from './grant.ts';
import { isLive, type SessionId, sessionOf } from './session.ts';

/** Firebase Hosting forwards only the cookie `__session`; `session_id` is the contract's name. */
export const SESSION_COOKIES = ['session_id', '__session'] as const;

/**
 * What a request proves itself by, and the document to look it up in. A cookie is sent by browsers
 * without being asked; a bearer's session token or ID token is not.
 */
export type Credential =
  | { readonly kind: 'none' }
  | (SessionId & { readonly kind: 'cookie' | 'bearer'; readonly key: DocKey<Grant> });

/** Who sends a request, and by which session. */
export interface Principal {
  readonly person: Grant;
  readonly grant: Loaded<Grant>;
  readonly sid: string;
}

const credential = (kind: 'cookie' | 'bearer', session: SessionId | undefined): Credential =>
  session === undefined ? { kind: 'none' } : { kind, ...session, key: grants.doc(session.uid) };

/** The session that the request's cookies name; undefined without one of the right form. */
export const cookieSessionOf = ({ cookie }: IncomingHttpHeaders): SessionId | undefined => {
  const cookies = parseCookies(cookie ?? '');
  return SESSION_COOKIES.flatMap((name) => sessionOf(cookies[name] ?? '') ?? [])[0];
};

/**
 * Reads the request's credential: `Authorization: Bearer` with a session token or a Firebase ID
 * token that came from a login of ours, otherwise the session cookie.
 */
export const credentialOf = async (
  headers: IncomingHttpHeaders,
  accounts: Pick<Accounts, 'verify'>,
): Promise<Credential> => {
  const [, bearer] = /^Bearer +([\w.-]+)$/i.exec(headers.authorization ?? '') ?? [];
  if (bearer === undefined) return credential('cookie', cookieSessionOf(headers));
  return credential('bearer', sessionOf(bearer) ?? (await accounts.verify(bearer)));
};

/** The person who has a credential, from their grant; 401 when the session is no longer open. */
export const principalOf = (found: Credential, reads: Reads, now: Date): Principal | Problem => {
  if (found.kind === 'none') return refuse('auth/required');
  const grant = reads.get(found.key);
  if (grant === undefined || !isLive(grant.data, found.sid, now)) return refuse('auth/required');
  return { person: grant.data, grant, sid: found.sid };
};
