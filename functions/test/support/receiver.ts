import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';

/** A request as it arrived. */
export interface Arrived {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server somewhere outside that receives webhooks. */
export interface Receiver {
  readonly url: string;
  readonly arrived: Arrived[];
  /** The statuses of its next responses; then 200. */
  readonly next: number[];
  readonly stop: () => Promise<void>;
}

export const startReceiver = async (): Promise<Receiver> => {
  const arrived: Arrived[] = [];
  const next: number[] = [];
  const server = createServer((request, response) => {
    const { headers } = request;
    void text(request).then((body) => {
      arrived.push({ headers, body });
      response.writeHead(next.shift() ?? 200).end('a body that nobody keeps');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}/crewline`,
    arrived,
    next,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

/** What a message says, if the secret signed it within the last five minutes; throws otherwise. */
export const verified = (secret: string, { headers, body }: Arrived): unknown =>
  new Webhook(secret).verify(
    body,
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  );
