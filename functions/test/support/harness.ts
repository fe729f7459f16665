import { once } from 'node:events';
import { createServer } from 'node:http';
import { desks } from '../../src/api.ts';
import { createApp } from '../../src/kernel/http/app.ts';
import type { Desk } from '../../src/kernel/http/desk.ts';
import type { Log } from '../../src/kernel/log.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { startRuntime } from '../../src/kernel/start.ts';

/** Log lines of a test's API, kept instead of printed. */
export interface LogLine {
  readonly severity: string;
  readonly message: string;
  readonly fields: object;
}

export interface TestApi {
  readonly url: string;
  readonly runtime: Runtime;
  readonly lines: readonly LogLine[];
  readonly stop: () => Promise<void>;
}

const ENVIRONMENT = {
  GCLOUD_PROJECT: 'demo-crewline',
  WEB_API_KEY: 'demo',
  TRUSTED_PROXIES: '1',
  ALLOWED_ORIGINS: 'https://noc.example',
};

/** The emulators that the test runner started; every suite but the pure ones needs them. */
export const emulators = (): Record<string, string> => {
  const names = ['FIRESTORE_EMULATOR_HOST', 'FIREBASE_AUTH_EMULATOR_HOST'] as const;
  return Object.fromEntries(
    names.map((name) => {
      const host = process.env[name];
      if (host === undefined) throw new Error(`${name} is not set: run the suite by npm test`);
      return [name, host];
    }),
  );
};

/** The API in this process, on a port of its own, over the emulators. */
export const startApi = async (
  parts: Partial<Runtime> = {},
  served: readonly Desk[] = desks,
): Promise<TestApi> => {
  const lines: LogLine[] = [];
  const log: Log = {
    write: (severity, message, fields = {}) => {
      lines.push({ severity, message, fields });
    },
  };
  const runtime = startRuntime({ ...ENVIRONMENT, ...emulators() }, { log, ...parts });
  const server = createServer(createApp(runtime, served)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    runtime,
    lines,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
