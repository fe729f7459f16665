import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findEmulator } from '../setup/firestore-emulator.mjs';
import { ROOT } from '../setup/paths.mjs';
import { Problem } from '../setup/problem.mjs';
import { demoAccounts, type DemoAccounts } from './accounts.ts';
import { type Child, startChild } from './child.ts';
import { bundleEnvironment, PROJECT, stackEnvironment, URL_OF_API } from './environment.ts';
import { busyPorts, PORTS, portMessage, type Service } from './ports.ts';

/** What serves the API: the Functions emulator behind Hosting, one Node process, or nothing. */
export type Api = 'functions' | 'single-process' | 'none';

export interface StackOptions {
  readonly api: Api;
  readonly seed: boolean;
  readonly clock: boolean;
  /** Called with each line that the emulators print. */
  readonly onLine?: (line: string) => void;
  /** Ends the start early, as Ctrl-C does. */
  readonly signal?: AbortSignal;
}

export interface Stack {
  readonly accounts: DemoAccounts;
  /** Resolves with a message when a part of the stack ends by itself. */
  readonly broken: Promise<string>;
  /** Restarts the clock on the current bundle. */
  readonly restartClock: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const emulatorsFor = {
  functions: ['hosting', 'functions', 'firestore', 'auth', 'tasks'],
  'single-process': ['firestore', 'auth'],
  none: ['firestore', 'auth'],
} as const satisfies Record<Api, readonly Service[]>;

const startEmulators = (api: Api, onLine: (line: string) => void): Child => {
  const emulator = findEmulator();
  if (!emulator) throw new Problem('There is no Firestore emulator: run npm run setup.');
  const firebase = [
    process.execPath,
    `--import=${join(ROOT, 'scripts/stack/answer-expect.ts')}`,
    join(ROOT, 'node_modules/firebase-tools/lib/bin/firebase.js'),
    'emulators:start',
    `--project=${PROJECT}`,
    `--only=${emulatorsFor[api].join(',')}`,
  ];
  const args = emulator.kind === 'hidane' ? [emulator.file, 'exec', '--', ...firebase] : firebase;
  // CI keeps firebase-tools from asking questions and from fetching its message of the day.
  const env = { ...stackEnvironment(), CI: '1' };
  return startChild('stack/guardian.mjs', { args, env, onLine });
};

const startStorage = (onLine: (line: string) => void): Child =>
  startChild('stack/storage-emulator.ts', { env: stackEnvironment(), onLine });

const answers = async (url: string, isReady: (answer: Response) => boolean): Promise<boolean> => {
  try {
    return isReady(await fetch(url, { signal: AbortSignal.timeout(5000) }));
  } catch {
    return false;
  }
};

/** The Functions emulator answers text until it has loaded the code; the API answers JSON. */
const isJson = (answer: Response): boolean =>
  answer.status < 500 && (answer.headers.get('content-type') ?? '').includes('application/json');

const isUp = async (api: Api): Promise<boolean> =>
  (await answers(`http://127.0.0.1:${PORTS.firestore}/`, ({ ok }) => ok)) &&
  (await answers(`http://127.0.0.1:${PORTS.auth}/`, ({ ok }) => ok)) &&
  (await answers(`http://127.0.0.1:${PORTS.storage}/`, () => true)) &&
  (api === 'none' || (await answers(`${URL_OF_API}/v1/users/me`, isJson)));

/** The last lines that the parts printed, for the message when one fails. */
interface Log {
  readonly keep: (line: string) => void;
  readonly text: () => string;
}

const memory = (): Log => {
  const lines: string[] = [];
  return {
    keep: (line) => {
      lines.push(line);
      if (lines.length > 60) lines.shift();
    },
    text: () => lines.join('\n'),
  };
};

/** How `readConfig` begins, when a parameter is wrong: in functions/.env.local, or in the environment. */
const NOT_CONFIGURED = 'Crewline cannot start.';

const untilUp = async (api: Api, parts: readonly Child[], log: Log, signal?: AbortSignal) => {
  const deadline = Date.now() + 120_000;
  while (!(await isUp(api))) {
    signal?.throwIfAborted();
    const failure =
      parts.some((part) => !part.isRunning()) || log.text().includes(NOT_CONFIGURED)
        ? 'The stack did not start'
        : Date.now() > deadline && 'The stack does not answer after two minutes';
    if (failure !== false) throw new Problem(`${failure}:\n\n${log.text()}`);
    await delay(100);
  }
};

const fillIn = async (): Promise<DemoAccounts> => {
  let accounts: DemoAccounts = [];
  const { keep, text } = memory();
  const seed = startChild('stack/demo-data.ts', { env: bundleEnvironment(), onLine: keep });
  seed.onMessage((message) => {
    accounts = demoAccounts.parse(message);
  });
  if ((await seed.ended) !== 0) {
    throw new Problem(`The demo data could not be filled in:\n\n${text()}`);
  }
  return accounts;
};

const refuseBusyPorts = async (api: Api): Promise<void> => {
  const services: readonly Service[] = [...emulatorsFor[api], 'storage'];
  const busy = await busyPorts(
    api === 'single-process' ? ['hosting', 'tasks', ...services] : services,
  );
  if (busy.length > 0) throw new Problem(portMessage(busy));
};

/**
 * Starts the local stack, waits until it answers, and fills in the demo data.
 *
 * @throws Problem when a port is taken or a part fails, with what that part printed
 */
export const startStack = async (options: StackOptions): Promise<Stack> => {
  const { api, signal } = options;
  await refuseBusyPorts(api);
  const log = memory();
  const onLine = (line: string): void => {
    log.keep(line);
    options.onLine?.(line);
  };
  const parts = [startEmulators(api, onLine), startStorage(onLine)];
  const startPart = (script: string): Child => {
    const part = startChild(script, { env: bundleEnvironment(), onLine });
    parts.push(part);
    return part;
  };
  const stop = async (): Promise<void> => {
    for (const part of parts.toReversed()) await part.stop();
  };
  try {
    if (api === 'single-process') {
      await untilUp('none', parts, log, signal);
      startPart('stack/api-server.ts');
    }
    await untilUp(api, parts, log, signal);
    const accounts = options.seed ? await fillIn() : [];
    signal?.throwIfAborted();
    const broken = Promise.race(
      parts.map((part) => part.ended.then(() => `A part of the stack ended:\n${log.text()}`)),
    );
    let clock = options.clock && api === 'functions' ? startPart('stack/clock.ts') : undefined;
    const restartClock = async (): Promise<void> => {
      if (!clock) return;
      await clock.stop();
      clock = startPart('stack/clock.ts');
    };
    return { accounts, broken, restartClock, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
