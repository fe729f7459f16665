/** What the scripts use of the bundle, checked when it is imported. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { BUNDLE } from '../setup/paths.mjs';

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;
type Scheduled = (event: { scheduleTime: string; jobName: undefined }) => Promise<void>;

/** A written document, as much of the event as our triggers read. */
export interface WriteEvent {
  readonly params: { readonly id: string };
  readonly data: { readonly before: Written; readonly after: Written };
}

interface Written {
  readonly data: () => unknown;
}

/** A trigger of the bundle and the collection whose documents it follows. */
export interface BundledTrigger {
  readonly collection: string;
  readonly run: (event: WriteEvent) => Promise<void>;
}

/** A queue of the bundle. `run` fails when the task is to come again. */
export interface BundledQueue {
  readonly name: string;
  readonly retry: { readonly minBackoffSeconds: number; readonly maxBackoffSeconds: number };
  readonly run: (request: { data: unknown; retryCount: number }) => Promise<void>;
}

const isHandler = (value: unknown): value is Handler => typeof value === 'function';
const isRunnable = <R>(value: unknown): value is { run: R } =>
  typeof value === 'function' && 'run' in value && typeof value.run === 'function';

const declared = z.object({
  eventTrigger: z.object({
    eventFilterPathPatterns: z.object({ document: z.string().endsWith('/{id}') }),
  }),
});

const triggerOf = (name: string, value: unknown): BundledTrigger => {
  if (!isRunnable<BundledTrigger['run']>(value) || !('__endpoint' in value)) {
    throw new Error(`functions/dist/index.js exports ${name}, which is no trigger`);
  }
  const { document } = declared.parse(value.__endpoint).eventTrigger.eventFilterPathPatterns;
  return { collection: document.slice(0, -'/{id}'.length), run: (event) => value.run(event) };
};

const declaredQueue = z.object({
  taskQueueTrigger: z.object({
    retryConfig: z.object({ minBackoffSeconds: z.number(), maxBackoffSeconds: z.number() }),
  }),
});

const queueOf = (name: string, value: unknown): BundledQueue => {
  if (!isRunnable<BundledQueue['run']>(value) || !('__endpoint' in value)) {
    throw new Error(`functions/dist/index.js exports ${name}, which is no queue`);
  }
  const { retryConfig } = declaredQueue.parse(value.__endpoint).taskQueueTrigger;
  return { name, retry: retryConfig, run: (request) => value.run(request) };
};

interface Bundle {
  readonly api: Handler;
  readonly clock: { run: Scheduled };
  readonly triggers: readonly BundledTrigger[];
  readonly queues: readonly BundledQueue[];
}

/**
 * Imports functions/dist/index.js into this process.
 *
 * @throws Error when it does not export what it must
 */
export const importBundle = async (): Promise<Bundle> => {
  const { api, clock, triggers, queues }: Record<string, unknown> = await import(
    pathToFileURL(BUNDLE).href
  );
  if (!isHandler(api) || !isRunnable<Scheduled>(clock)) {
    throw new Error('functions/dist/index.js must export `api` and `clock`');
  }
  return {
    api,
    clock,
    triggers: Object.entries(Object(triggers)).map(([name, value]) => triggerOf(name, value)),
    queues: Object.entries(Object(queues)).map(([name, value]) => queueOf(name, value)),
  };
};
