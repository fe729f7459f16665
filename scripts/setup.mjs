/**
 * Sets up a fresh clone: packages, the pinned Node, the Firestore emulator, the bundle. Then runs a
 * script with that Node:
 *
 *   node scripts/setup.mjs [--no-emulator] [--no-build] [script.ts [arguments…]]
 *
 * It runs on any Node from 20 on and imports nothing but Node, because nothing else is there yet.
 */
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkNode, ensureDependencies } from './setup/dependencies.mjs';
import { ensureEmulator } from './setup/firestore-emulator.mjs';
import { BUNDLE, newestChange, ROOT, RUNTIME_NODE } from './setup/paths.mjs';
import { Problem, printFailure } from './setup/problem.mjs';
import { run, tail } from './setup/run.mjs';
import { OLDEST_NODE } from './setup/versions.mjs';

const bundleIsCurrent = () =>
  existsSync(BUNDLE) &&
  statSync(BUNDLE).mtimeMs >
    newestChange([
      join(ROOT, 'functions/src'),
      join(ROOT, 'scripts/build.ts'),
      join(ROOT, 'node_modules/.package-lock.json'),
    ]);

/** Builds functions/dist when one of its sources is newer. */
const ensureBundle = async () => {
  if (bundleIsCurrent()) return;
  const { code, output } = await run(RUNTIME_NODE, [join(ROOT, 'scripts/build.ts')], { cwd: ROOT });
  if (code !== 0) throw new Problem(`The build failed:\n\n${tail(output, 40)}`);
};

/**
 * The whole set-up; quick when everything is there.
 *
 * @param {{ emulator?: boolean, build?: boolean }} [options]
 */
const setUp = async ({ emulator = true, build = true } = {}) => {
  checkNode(process.version, OLDEST_NODE);
  await ensureDependencies();
  await Promise.all([emulator && ensureEmulator(), build && ensureBundle()]);
};

const environment = () => ({
  ...process.env,
  PATH: `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`,
});

/**
 * Runs a script of this repository on the runtime's Node; ends with its exit code.
 *
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
const runScript = (args) =>
  new Promise((resolve) => {
    const child = spawn(RUNTIME_NODE, args, { cwd: ROOT, env: environment(), stdio: 'inherit' });
    for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      // On a terminal Ctrl-C has reached the child already.
      process.on(name, () =>
        name === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(name),
      );
    }
    child.on('exit', (code, signal) =>
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 1)),
    );
  });

/** @param {readonly string[]} args */
const main = async (args) => {
  const script = args.findIndex((arg) => !arg.startsWith('--'));
  const flags = script === -1 ? args : args.slice(0, script);
  try {
    await setUp({
      emulator: !flags.includes('--no-emulator'),
      build: !flags.includes('--no-build'),
    });
    process.exitCode = script === -1 ? 0 : await runScript(args.slice(script));
  } catch (error) {
    printFailure(error);
    process.exitCode = 1;
  }
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await main(process.argv.slice(2));
