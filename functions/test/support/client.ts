import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** Who sends a request: a session cookie, an ID token, or nobody. */
export interface Sender {
  readonly cookie?: string;
  readonly token?: string;
}

export interface Sending {
  readonly as?: Sender;
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly raw?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Received {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON; undefined for a body that is empty or of another type. */
  readonly body: unknown;
  /** The body, byte for byte. */
  readonly text: string;
}

const credentials = ({ cookie, token }: Sender): Record<string, string> => ({
  ...(cookie === undefined ? {} : { Cookie: `session_id=${cookie}` }),
  ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
});

const headersOf = ({ rawHeaders }: IncomingMessage): Headers => {
  const headers = new Headers();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  }
  return headers;
};

/** Sends one request, its path exactly as written (`..` stays), and reads its JSON answer. */
export const send = async (
  url: string,
  method: string,
  path: string,
  { as = {}, body, raw, headers = {} }: Sending = {},
): Promise<Received> => {
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const { hostname, port } = new URL(url);
  const asked = request({
    hostname,
    port,
    method,
    path,
    headers: {
      ...(sent === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(sent === undefined || 'Transfer-Encoding' in headers
        ? {}
        : { 'Content-Length': Buffer.byteLength(sent) }),
      ...credentials(as),
      ...headers,
    },
  });
  asked.end(sent);
  const response: IncomingMessage = await new Promise((resolve, reject) => {
    asked.once('response', resolve).once('error', reject);
  });
  const answer = await text(response);
  const isJson = /json/.test(response.headers['content-type'] ?? '');
  return {
    status: response.statusCode ?? 0,
    headers: headersOf(response),
    body: isJson && answer !== '' ? JSON.parse(answer) : undefined,
    text: answer,
  };
};

/** A field deep inside an answer: `at(answer.body, 'data', 'result', 'id')`. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce((inner: unknown, name) => {
    if (typeof inner !== 'object' || inner === null) return undefined;
    return Object.entries(inner).find(([key]) => key === String(name))?.[1];
  }, value);

/** The same where a string must be. */
export const textAt = (value: unknown, ...path: readonly (string | number)[]): string => {
  const found = at(value, ...path);
  if (typeof found !== 'string') {
    throw new Error(`no text at ${path.join('.')} in ${JSON.stringify(value)}`);
  }
  return found;
};

/** The same where a list must be. */
export const listAt = (value: unknown, ...path: readonly (string | number)[]): unknown[] => {
  const found = at(value, ...path);
  if (!Array.isArray(found)) {
    throw new Error(`no list at ${path.join('.')} in ${JSON.stringify(value)}`);
  }
  return found;
};

/** The stable code of a refusal of the CGS desk. */
export const codeOf = ({ body }: Received): unknown => at(body, 'error', 'code');
