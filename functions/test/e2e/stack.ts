import { PASSWORD } from '../../../scripts/seed/people.ts';
import { type Received, type Sending, send, textAt } from '../support/client.ts';

/** The API as clients reach it: through Hosting, the Functions emulator and the bundle. */
export const apiUrl = (): string => {
  const url = process.env['CREWLINE_URL'];
  if (url === undefined) throw new Error('CREWLINE_URL is not set: run the suite by npm test');
  return url;
};

/** A person who logged in through Hosting, which forwards only the cookie `__session`. */
export interface SignedIn {
  readonly uid: string;
  readonly cookie: string;
  readonly customToken: string;
}

export interface HostedSending extends Omit<Sending, 'as'> {
  readonly as?: SignedIn;
}

export const ask = (
  method: string,
  path: string,
  { as, headers, ...sending }: HostedSending = {},
): Promise<Received> =>
  send(apiUrl(), method, path, {
    ...sending,
    headers: {
      // Hosting closes a connection after 5 s, which may be just when a request is sent on it.
      Connection: 'close',
      ...(as && { Cookie: `__session=${as.cookie}` }),
      ...headers,
    },
  });

/** Sends a request that must succeed; throws with the answer when it does not. */
export const must = async (
  method: string,
  path: string,
  sending: HostedSending = {},
): Promise<unknown> => {
  const { status, body, text } = await ask(method, path, sending);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return body;
};

export const setCookies = (answer: Received): Record<string, string> =>
  Object.fromEntries(
    answer.headers.getSetCookie().map((cookie) => {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );

/** Logs in as a person of the demo data, or with the password given. */
export const signIn = async (email: string, password = PASSWORD): Promise<SignedIn> => {
  const answer = await ask('POST', '/v1/login', { body: { email, password } });
  if (answer.status !== 200) throw new Error(`login of ${email}: ${answer.text}`);
  const cookie = setCookies(answer)['__session'] ?? '';
  const customToken = textAt(answer.body, 'data', 'token');
  const me = await ask('GET', '/v1/users/me', { headers: { Cookie: `__session=${cookie}` } });
  return { uid: textAt(me.body, 'data', 'result', 'id'), cookie, customToken };
};

export const demo = (name: string): Promise<SignedIn> => signIn(`${name}@crewline.test`);
