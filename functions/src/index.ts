import type { Express } from 'express';
import { onRequest } from 'firebase-functions/https';
import { desks } from './api.ts';
import { isProduction, params, readConfig } from './kernel/config.ts';
import { createApp } from './kernel/http/app.ts';
import { startRuntime } from './kernel/start.ts';

// A deployment that cannot work says so when its first instance starts, not at the first request.
if (isProduction(process.env)) readConfig(process.env);

let app: Express | undefined;

/** The whole API behind Hosting's rewrites: one function, many requests at once. */
export const api = onRequest(
  {
    region: params.region,
    memory: params.memory,
    concurrency: params.concurrency,
    minInstances: params.minInstances,
    maxInstances: params.maxInstances,
    invoker: 'public',
  },
  (req, res) => {
    app ??= createApp(startRuntime(process.env), desks);
    app(req, res);
  },
);
