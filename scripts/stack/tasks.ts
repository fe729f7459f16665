/** Runs the bundle's queues in this process, where no Functions emulator does. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import pRetry from 'p-retry';
import { z } from 'zod';
import type { BundledQueue } from './bundle.ts';

const body = z
  .base64()
  .transform((coded) => JSON.parse(Buffer.from(coded, 'base64').toString()))
  .pipe(z.object({ data: z.unknown() }));

/** As the Admin SDK sends a task to the emulator of Cloud Tasks. */
const sent = z.object({
  task: z.object({
    name: z.string(),
    scheduleTime: z.coerce.date().optional(),
    httpRequest: z.object({ body }),
  }),
});

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Attempts a task until it is done; it ends by itself after its last attempt. */
const work = async ({ retry, run }: BundledQueue, data: unknown, due: Date): Promise<void> => {
  await delay(Math.min(Math.max(due.getTime() - Date.now(), 0), LONGEST_TIMER_MS));
  await pRetry((attempt) => run({ data, retryCount: attempt - 1 }), {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: retry.minBackoffSeconds * 1000,
    maxTimeout: retry.maxBackoffSeconds * 1000,
  });
};

/**
 * Serves the bundle's queues as the emulator of Cloud Tasks does, but for rates.
 *
 * @param onPort 0 for any that is free
 * @returns its host and port, for CLOUD_TASKS_EMULATOR_HOST
 */
export const serveTasks = async (
  queues: readonly BundledQueue[],
  onPort: number,
): Promise<{ host: string; close: () => void }> => {
  const known = new Set<string>();
  const statusOf = async (request: IncomingMessage): Promise<number> => {
    const [, name] = /\/queues\/queues-([^/]+)\/tasks$/.exec(request.url ?? '') ?? [];
    const queue = queues.find((each) => each.name === name);
    if (queue === undefined) return 404;
    const { task } = sent.parse(JSON.parse(await text(request)));
    if (known.has(task.name)) return 409;
    known.add(task.name);
    const { data } = task.httpRequest.body;
    work(queue, data, task.scheduleTime ?? new Date()).catch((error: unknown) =>
      console.error('A task failed:', error),
    );
    return 200;
  };
  const server = createServer((request, response) => {
    statusOf(request).then(
      (status) => response.writeHead(status).end(),
      () => response.writeHead(400).end(),
    );
  });
  server.listen(onPort, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { host: `127.0.0.1:${port}`, close };
};
