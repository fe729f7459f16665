import type { Express } from 'express';
import { onDocumentWritten } from 'firebase-functions/firestore';
import { onRequest } from 'firebase-functions/https';
import { onSchedule } from 'firebase-functions/scheduler';
import { desks } from './api.ts';
import { isProduction, params, readConfig } from './kernel/config.ts';
import { createApp } from './kernel/http/app.ts';
import type { Runtime } from './kernel/runtime.ts';
import { startRuntime } from './kernel/start.ts';
import { toPlain } from './kernel/store/document.ts';
import { queueFunction } from './kernel/tasks/queue-function.ts';
import { QUEUES } from './kernel/tasks/queues.ts';

// A deployment with a wrong configuration fails when an instance starts, not at the first request.
if (isProduction(process.env)) readConfig(process.env);

let runtime: Runtime | undefined;
let app: Express | undefined;

const theRuntime = (): Runtime => {
  runtime ??= startRuntime(process.env);
  return runtime;
};

/** The whole API, behind Hosting's rewrites: one function, with many requests in parallel. */
export const api = onRequest(
  {
    region: params.region,
    memory: params.memory,
    concurrency: params.concurrency,
    minInstances: params.minInstances,
    maxInstances: params.maxInstances,
    invoker: 'public',
    // The app has its own list of allowed origins.
    cors: false,
  },
  (req, res) => {
    app ??= createApp(theRuntime(), desks);
    app(req, res);
  },
);

const CLOCK_SECONDS = 540;

/** Each minute: publishes what is planned, ends pendings, notes SLA breaches, empties the archive. */
export const clock = onSchedule(
  {
    schedule: 'every 1 minutes',
    region: params.region,
    memory: params.memory,
    timeoutSeconds: CLOCK_SECONDS,
    maxInstances: 2,
  },
  async () => {
    const { now, log } = theRuntime();
    // Leaves a minute for the page that is under way when the time is up.
    const until = new Date(now().getTime() + (CLOCK_SECONDS - 60) * 1000);
    for (const desk of desks) {
      for (const sweep of desk.sweeps) {
        const report = await sweep(theRuntime(), until);
        log.write(report.failed > 0 ? 'ERROR' : 'INFO', 'sweep', { desk: desk.name, ...report });
      }
    }
  },
);

/** The triggers of all desks, deployed as `triggers-cgsPeople` and so on. */
export const triggers = Object.fromEntries(
  desks.flatMap(({ triggers: followers }) =>
    followers.map(({ name, document, handle }) => [
      name,
      onDocumentWritten(
        { document, region: params.region, memory: params.memory, retry: true },
        async ({ params: { id }, data }) => {
          const [before, after] = [data?.before.data(), data?.after.data()].map(toPlain);
          if (id !== undefined) await handle(theRuntime(), { id, before, after });
        },
      ),
    ]),
  ),
);

/** The queues of tasks, deployed as `queues-<name>`. */
export const queues = Object.fromEntries(
  QUEUES.map((queue) => [queue.name, queueFunction(queue, theRuntime)]),
);
