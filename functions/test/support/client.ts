/** Who sends a request: a session cookie, an ID token, or nobody. */
export interface Sender {
  readonly cookie?: string;
  readonly token?: string;
}

export interface Sending {
  readonly as?: Sender;
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Received {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON; undefined for an empty body. */
  readonly body: unknown;
}

const credentials = ({ cookie, token }: Sender): Record<string, string> => ({
  ...(cookie === undefined ? {} : { Cookie: `session_id=${cookie}` }),
  ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
});

/** Sends one request and reads its JSON answer. */
export const send = async (
  url: string,
  method: string,
  path: string,
  { as = {}, body, raw, headers = {} }: Sending = {},
): Promise<Received> => {
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(text === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...credentials(as),
      ...headers,
    },
    ...(text === undefined ? {} : { body: text }),
  });
  const answer = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: answer === '' ? undefined : JSON.parse(answer),
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
