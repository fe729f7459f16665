import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '../setup/paths.mjs';

/** A process of the stack. It ends when `stop` is called, and when this process ends. */
export interface Child {
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number>;
  readonly isRunning: () => boolean;
  /** What it sends us, one message at a time. */
  readonly onMessage: (listener: (message: unknown) => void) => void;
  readonly stop: () => Promise<void>;
}

interface ChildOptions {
  readonly args?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly onLine: (line: string) => void;
}

const readLines = (child: ChildProcess, onLine: (line: string) => void): void => {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    });
  }
};

/**
 * Starts a script of `scripts/` on this Node. It runs in a session of its own, so that Ctrl-C
 * reaches only us and everything ends in order; it must end when its channel to us closes.
 */
export const startChild = (script: string, { args = [], env, onLine }: ChildOptions): Child => {
  const child = spawn(process.execPath, [join(ROOT, 'scripts', script), ...args], {
    cwd: ROOT,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  readLines(child, onLine);
  const ended = once(child, 'exit').then(() => child.exitCode ?? 1);
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const stop = async (): Promise<void> => {
    if (!isRunning()) return;
    if (child.connected) child.disconnect();
    await Promise.race([ended, delay(12_000, undefined, { ref: false })]);
    if (isRunning()) child.kill('SIGKILL');
  };
  return { ended, isRunning, stop, onMessage: (listener) => void child.on('message', listener) };
};
