import type { Problem } from '../problem.ts';
import type { Desk } from './desk.ts';
import { type Endpoint, type FileAnswer, fileAnswer, textStream } from './endpoint.ts';
import type { StoredResponse } from './idempotency.ts';

/** A response, as it goes over the wire. */
export interface ApiResponse {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The stream of a response that is not JSON; `body` is then undefined. */
  readonly text?: AsyncIterable<string>;
  /** The file of a response that is one. */
  readonly file?: FileAnswer;
}

/** The handler's data in the desk's envelope. */
export const success = (desk: Desk, endpoint: Endpoint, data: unknown): ApiResponse => {
  const { status, output, produces } = endpoint;
  if (produces === undefined) return { status, body: desk.success(status, output.parse(data)) };
  if (typeof produces !== 'string') {
    return { status, body: undefined, file: fileAnswer.parse(data) };
  }
  const headers = { 'Content-Type': `${produces}; charset=utf-8` };
  return { status, body: undefined, text: textStream.parse(data), headers };
};

/** A problem in the desk's own error body. */
export const failure = (desk: Desk, problem: Problem, requestId: string): ApiResponse => ({
  status: problem.status,
  body: desk.failure(problem, requestId),
  headers: {
    ...problem.headers,
    ...(problem.status === 401 && { 'WWW-Authenticate': 'Bearer realm="crewline"' }),
    'Content-Type': desk.failureType,
  },
});

/** The response to an earlier request with the same key. */
export const repeat = ({ status, answer, contentType }: StoredResponse): ApiResponse => ({
  status,
  body: JSON.parse(answer),
  headers: { 'Content-Type': contentType, 'Idempotent-Replayed': 'true' },
});
