import type { Express, Response } from 'express';
import { onDocumentWritten } from 'firebase-functions/firestore';
import { onRequest, type Request } from 'firebase-functions/https';
import { onSchedule } from 'firebase-functions/scheduler';
import { desks } from './api.ts';
import { KERNEL_SWEEPS, KERNEL_TRIGGERS } from './kernel/background.ts';
import { isProduction, params, readConfig } from './kernel/config.ts';
import { createApp } from './kernel/http/app.ts';
import type { Runtime } from './kernel/runtime.ts';
import { startRuntime } from './kernel/start.ts';
import { toPlain } from './kernel/store/document.ts';
import { functionsOf, handleAll } from './kernel/store/trigger.ts';
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

const serving = {
  region: params.region,
  memory: params.memory,
  maxInstances: params.maxInstances,
  invoker: 'public',
  // The app has its own list of allowed origins.
  cors: false,
} as const;

const serve = (req: Request, res: Response): void => {
  app ??= createApp(theRuntime(), desks);
  app(req, res);
};

/** The whole API, behind Hosting's rewrites: one function, with many requests in parallel. */
export const api = onRequest(
  { ...serving, concurrency: params.concurrency, minInstances: params.minInstances },
  serve,
);

/** Each request may bring 32 MB, which the platform holds in memory: so few at a time. */
const MEDIA_CONCURRENCY = 6;

/** The same, for the paths of photos and films. */
export const media = onRequest({ ...serving, concurrency: MEDIA_CONCURRENCY }, serve);

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
    for (const { name, sweeps } of [...desks, { name: 'all', sweeps: KERNEL_SWEEPS }]) {
      for (const sweep of sweeps) {
        const report = await sweep(theRuntime(), until);
        log.write(report.failed > 0 ? 'ERROR' : 'INFO', 'sweep', { desk: name, ...report });
      }
    }
  },
);

/** What follows the documents of a collection, deployed as `triggers-tickets` and so on. */
export const triggers = Object.fromEntries(
  functionsOf([...KERNEL_TRIGGERS, ...desks.flatMap((desk) => desk.triggers)]).map(
    ({ name, document, runs, triggers: its }) => [
      name,
      onDocumentWritten(
        { document, region: params.region, memory: params.memory, retry: true, ...runs },
        async ({ params: { id }, data, time }) => {
          const [before, after] = [data?.before.data(), data?.after.data()].map(toPlain);
          if (id === undefined) return;
          await handleAll(its, theRuntime(), { id, before, after, at: new Date(time) });
        },
      ),
    ],
  ),
);

/** The queues of tasks, deployed as `queues-<name>`. */
export const queues = Object.fromEntries(
  QUEUES.map((queue) => [queue.name, queueFunction(queue, theRuntime)]),
);
