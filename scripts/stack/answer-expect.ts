/**
 * Imported before firebase-tools: lets its servers answer `Expect: 100-continue`, which curl sends with
 * bodies above 1 MB, and which the Hosting emulator can't pass on. Production answers it itself.
 */
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

interface Started {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const isStarted = (message: unknown): message is Started =>
  typeof message === 'object' && message !== null && 'request' in message && 'response' in message;

subscribe('http.server.request.start', (message) => {
  if (!isStarted(message)) return;
  const { request, response } = message;
  if (request.headers.expect?.toLowerCase() !== '100-continue') return;
  response.writeContinue();
  delete request.headers.expect;
});
