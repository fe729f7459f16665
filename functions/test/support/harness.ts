import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { desks } from '../../src/api.ts';
import { createApp } from '../../src/kernel/http/app.ts';
import type { Desk } from '../../src/kernel/http/desk.ts';
import type { Log } from '../../src/kernel/log.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { startRuntime } from '../../src/kernel/start.ts';
import { createTestTasks, type TestTasks } from './test-tasks.ts';
import { writesTo } from './written-data.ts';

/** A log line of a test's API, collected instead of printed. */
export interface LogLine {
  readonly severity: string;
  readonly message: string;
  readonly fields: object;
}

/** The log lines of one request, and the documents that it was billed for. */
export interface Traffic {
  readonly lines: LogLine[];
  reads: number;
  writes: number;
}

export interface TestApi {
  readonly url: string;
  readonly runtime: Runtime;
  readonly lines: readonly LogLine[];
  /** The tasks that were added; they run when the test says so. */
  readonly tasks: TestTasks;
  /** The traffic of an answered request, by its `X-Request-Id`; available once. */
  readonly trafficOf: (requestId: string | null) => Traffic;
  readonly stop: () => Promise<void>;
}

/** The request that the current code serves, also after an `await`. */
export const currentRequest = new AsyncLocalStorage<Traffic>();

/**
 * The Firestore project of this process: an empty store on the shared emulator, so that spec
 * processes can run at the same time. The Authentication emulator serves a single project, so
 * accounts are shared; their uids and e-mail addresses are random.
 */
export const PROJECT = `demo-${randomUUID()}`;

/** The parameters of a test's runtime. */
export const ENVIRONMENT = {
  GCLOUD_PROJECT: 'demo-crewline',
  WEB_API_KEY: 'demo',
  ALLOWED_ORIGINS: 'https://noc.example',
  MEDIA_HOSTS: 'example,test,blabla.com',
  WEBHOOKS_TO_LOOPBACK: 'true',
};

/** The emulators that the test runner started; all suites but the unit specs need them. */
export const emulators = (): Record<string, string> => {
  const names = [
    'FIRESTORE_EMULATOR_HOST',
    'FIREBASE_AUTH_EMULATOR_HOST',
    'FIREBASE_STORAGE_EMULATOR_HOST',
  ] as const;
  return Object.fromEntries(
    names.map((name) => {
      const host = process.env[name];
      if (host === undefined) throw new Error(`${name} is not set: run the suite by npm test`);
      return [name, host];
    }),
  );
};

/** Starts the API in this process, on a free port or the one that is given, over the emulators. */
export const startApi = async (
  parts: Partial<Runtime> = {},
  served: readonly Desk[] = desks,
  onPort = 0,
): Promise<TestApi> => {
  const lines: LogLine[] = [];
  const log: Log = {
    write: (severity, message, fields = {}) => {
      const line = { severity, message, fields };
      lines.push(line);
      currentRequest.getStore()?.lines.push(line);
    },
  };
  const environment = { ...ENVIRONMENT, ...emulators() };
  const { store } = startRuntime({ ...environment, GCLOUD_PROJECT: writesTo(PROJECT) });
  const tasks = createTestTasks(() => runtime);
  const runtime: Runtime = startRuntime(environment, { log, store, tasks, ...parts });
  const app = createApp(runtime, served);
  const requests = new Map<string | null, Traffic>();
  const server = createServer((req, res) => {
    const traffic: Traffic = { lines: [], reads: 0, writes: 0 };
    currentRequest.run(traffic, () => app(req, res));
    requests.set(String(res.getHeader('X-Request-Id')), traffic);
  }).listen(onPort, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    runtime,
    lines,
    tasks,
    trafficOf: (requestId) => {
      const traffic = requests.get(requestId);
      if (traffic === undefined) throw new Error(`no request ${requestId} was answered`);
      requests.delete(requestId);
      return traffic;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
