/**
 * `npm run with-emulators -- [--single-process] <command…>`: starts the stack with demo data, runs
 * the command against it, stops everything, and ends with the command's exit code.
 *
 * `--bare` (ours): no API and no demo data, only Firestore and Authentication.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { Problem, printFailure } from './setup/problem.mjs';
import { stackEnvironment } from './stack/environment.ts';
import { isStop, stopSignal } from './stack/signals.ts';
import { type Api, startStack } from './stack/stack.ts';

const USAGE = 'Usage: npm run with-emulators -- [--single-process] <command…>';

export interface Invocation {
  readonly api: Api;
  readonly command: readonly string[];
}

/**
 * Takes our own flags off the front; the rest is the command's, flags and all.
 *
 * @throws Problem for a flag that we do not know, or no command
 */
export const parseInvocation = (args: readonly string[]): Invocation => {
  const start = args.findIndex((arg) => !arg.startsWith('--'));
  const flags = start === -1 ? args : args.slice(0, start);
  const unknown = flags.find((flag) => flag !== '--single-process' && flag !== '--bare');
  if (unknown !== undefined) throw new Problem(`There is no option ${unknown}.\n${USAGE}`);
  if (start === -1) throw new Problem(USAGE);
  const api = flags.includes('--bare') ? 'none' : 'functions';
  return {
    api: flags.includes('--single-process') ? 'single-process' : api,
    command: args.slice(start),
  };
};

const runCommand = (command: readonly string[], signal: AbortSignal): Promise<number> =>
  new Promise((resolve, reject) => {
    const [program = '', ...args] = command;
    // One argument with spaces is a shell's command line, as in `with-emulators -- "a && b"`.
    const shell = args.length === 0 && program.includes(' ');
    const child = spawn(program, args, { stdio: 'inherit', env: stackEnvironment(), shell });
    const forward = (): void => {
      const name: unknown = signal.reason;
      // On a terminal Ctrl-C has reached the command already.
      if (name === 'SIGINT' && !process.stdin.isTTY) child.kill('SIGINT');
      if (name === 'SIGTERM' || name === 'SIGHUP') child.kill(name);
    };
    if (signal.aborted) forward();
    signal.addEventListener('abort', forward);
    child.on('error', (error) =>
      reject(new Problem(`The command cannot be run: ${error.message}`)),
    );
    child.on('exit', (code, name) => resolve(code ?? 128 + (name ? constants.signals[name] : 1)));
  });

const main = async (args: readonly string[]): Promise<number> => {
  const { api, command } = parseInvocation(args);
  const signal = stopSignal();
  const full = api !== 'none';
  const stack = await startStack({ api, seed: full, clock: full, signal });
  try {
    return await runCommand(command, signal);
  } finally {
    await stack.stop();
  }
};

if (import.meta.main) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    if (!isStop(error)) printFailure(error);
    process.exitCode = isStop(error) ? 130 : 1;
  }
  process.exit();
}
