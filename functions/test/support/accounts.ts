import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { SESSION_COOKIES } from '../../src/kernel/auth/principal.ts';
import type { Region, Role } from '../../src/desks/cgs/domain/vocabulary.ts';
import type { CgsWorld, Member } from '../desks/cgs/world.ts';
import { PASSWORD } from '../desks/person.ts';
import { at, listAt, type Received, type Sending, send, textAt } from './client.ts';
import { emulators, type TestApi } from './harness.ts';

/** A client address that no other test uses: failed sign-ins are counted for each. */
export const freshAddress = (): string =>
  `2001:db8:${randomBytes(12).toString('hex').match(/.{4}/g)?.join(':')}`;

export { PASSWORD };

/** The value of a cookie that an answer sets; undefined when it does not set it. */
export const cookieIn = (answer: Received, name: string): string | undefined =>
  answer.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.slice(name.length + 1)
    .split(';')[0];

/** Calls the Authentication emulator as the web and mobile SDKs do. */
const ask = async (path: string, body: object) => {
  const host = `http://${emulators()['FIREBASE_AUTH_EMULATOR_HOST']}`;
  return (await send(host, 'POST', `${path}?key=demo`, { body })).body;
};

const IDENTITY = '/identitytoolkit.googleapis.com/v1/accounts:';

/** Exchanges a custom token. */
export const tokensFor = async (customToken: string) => {
  const body = { token: customToken, returnSecureToken: true };
  const answer = await ask(`${IDENTITY}signInWithCustomToken`, body);
  return { idToken: textAt(answer, 'idToken'), refreshToken: textAt(answer, 'refreshToken') };
};

/** Exchanges a custom token for an ID token. */
export const idTokenFor = async (customToken: string): Promise<string> =>
  (await tokensFor(customToken)).idToken;

/** Exchanges a refresh token for a new ID token. */
export const refresh = async (refreshToken: string): Promise<string> => {
  const body = { grant_type: 'refresh_token', refresh_token: refreshToken };
  return textAt(await ask('/securetoken.googleapis.com/v1/token', body), 'id_token');
};

/** Signs in past our login; returns the ID token. */
export const signInDirectly = async (email: string, password = PASSWORD): Promise<string> => {
  const body = { email, password, returnSecureToken: true };
  return textAt(await ask(`${IDENTITY}signInWithPassword`, body), 'idToken');
};

/** The codes in the mails to this address that the emulator did not send, oldest first. */
export const mailedCodes = async (email: string): Promise<string[]> => {
  const host = `http://${emulators()['FIREBASE_AUTH_EMULATOR_HOST']}`;
  const { body } = await send(host, 'GET', '/emulator/v1/projects/demo-crewline/oobCodes');
  return listAt(body, 'oobCodes')
    .filter((mail) => at(mail, 'email') === email && at(mail, 'requestType') === 'PASSWORD_RESET')
    .map((mail) => textAt(mail, 'oobCode'));
};

/** What tests of sign-ins need: people with passwords, logins, sessions and ID tokens. */
export const accountsOf = ({ url, runtime }: TestApi, world: CgsWorld) => {
  /** A person of the CGS desk who can sign in with `PASSWORD`. */
  const person = async (role: Role, region: Region = 'West'): Promise<Member> => {
    const member = await world.member(role, region);
    const { id, email } = member;
    await runtime.accounts.create(id, { email, password: PASSWORD, displayName: role });
    return member;
  };

  /** Logs in from an unused address, unless the headers name one. */
  const login = (email: string, password: string, { headers }: Sending = {}): Promise<Received> =>
    send(url, 'POST', '/v1/login', {
      body: { email, password },
      headers: { 'X-Forwarded-For': freshAddress(), ...headers },
    });

  /** Signs in, in the browser that has this cookie; returns the session and the custom token. */
  const signIn = async (
    { email }: { email: string },
    { cookie: had, password = PASSWORD }: { cookie?: string; password?: string } = {},
  ) => {
    const headers = had === undefined ? {} : { Cookie: `session_id=${had}` };
    const answer = await login(email, password, { headers });
    expect(answer.status, answer.text).to.equal(200);
    const cookie = cookieIn(answer, SESSION_COOKIES[0]) ?? '';
    return { cookie, customToken: textAt(answer.body, 'data', 'token') };
  };

  /** Signs in; returns the session, or undefined when the login is refused. */
  const signInIfAllowed = async ({ email }: { email: string }): Promise<string | undefined> =>
    cookieIn(await login(email, PASSWORD), SESSION_COOKIES[0]);

  /** Signs in and exchanges the custom token for an ID token. */
  const idToken = async (who: { email: string }): Promise<string> =>
    idTokenFor((await signIn(who)).customToken);

  return { person, login, signIn, signInIfAllowed, idToken };
};
