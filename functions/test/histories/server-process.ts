import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { emulators } from '../support/harness.ts';

/** The server of a history, which is always started again on the same port. */
export interface ServerProcess {
  readonly url: string;
  /** Ends it at once, whatever it is doing. */
  readonly kill: () => Promise<void>;
  /** Starts it again after a kill; resolves when it listens. */
  readonly restart: () => Promise<void>;
  /** Sets how far its clock is ahead of the real time; resolves when it is. */
  readonly setAhead: (ms: number) => Promise<void>;
}

const SERVER = new URL('./server.ts', import.meta.url);
const listening = z.object({ url: z.string() });

/** Starts one on a free port; 0: any. */
const start = async (project: string, storeHost: string, port: number, aheadMs: number) => {
  const env = {
    ...process.env,
    ...emulators(),
    FIRESTORE_EMULATOR_HOST: storeHost,
    HISTORY_PROJECT: project,
    HISTORY_PORT: String(port),
    HISTORY_AHEAD_MS: String(aheadMs),
  };
  const child: ChildProcess = fork(SERVER, { env, execArgv: [] });
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the server of the history ended with ${String(code)}`);
    }),
  ]);
  return { child, url: listening.parse(message).url };
};

/** The API over the store of a project, which it reaches only through `storeHost`. */
export const startServer = async (project: string, storeHost: string): Promise<ServerProcess> => {
  const first = await start(project, storeHost, 0, 0);
  const { url } = first;
  let { child } = first;
  let aheadMs = 0;
  return {
    url,
    kill: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
    restart: async () => {
      ({ child } = await start(project, storeHost, Number(new URL(url).port), aheadMs));
    },
    setAhead: async (ms) => {
      aheadMs = ms;
      const isSet = once(child, 'message');
      child.send({ aheadMs });
      await isSet;
    },
  };
};
