import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '../setup/paths.mjs';

/** A process of the stack. It ends when `stop` is called, and when this process ends. */
export interface Child {
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number>;
  readonly isRunning: () => boolean;
  /** Calls the listener with each message that it sends. */
  readonly onMessage: (listener: (message: unknown) => void) => void;
  readonly stop: () => Promise<void>;
}

interface ChildOptions {
  readonly args?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly onLine: (line: string) => void;
}

/**
 * Starts a script of `scripts/` on this Node, in its own session, so that Ctrl-C reaches only this
 * process and everything ends in order. The script must end when its channel to this process closes.
 */
export const startChild = (script: string, { args = [], env, onLine }: ChildOptions): Child => {
  const child = spawn(process.execPath, [join(ROOT, 'scripts', script), ...args], {
    cwd: ROOT,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', onLine);
  }
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
