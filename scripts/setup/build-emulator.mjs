import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { isNetworkFailure } from './dependencies.mjs';
import { isRunning, withLock } from './lock.mjs';
import { onPath } from './paths.mjs';
import { Problem } from './problem.mjs';
import { progress } from './progress.mjs';
import { run, tail, versionOutput } from './run.mjs';
import { HIDANE_VERSION } from './versions.mjs';

const WAYS_TO_GET_IT = `Any one of these will do:
  - install Rust with its compiler (https://rustup.rs; on Debian and Ubuntu also: apt-get install build-essential) and run this again: it builds the emulator once, in some five minutes
  - put hidane ${HIDANE_VERSION} on the PATH (https://hidane.dev)
  - install Java 21 and run this again with FIRESTORE_EMULATOR=official`;

/**
 * What went wrong in a build, and what to do.
 *
 * @param {string} output cargo's
 */
export const buildProblem = (output) => {
  const reason = () => {
    if (isNetworkFailure(output)) {
      return ' has to be built once, and cargo cannot reach crates.io.\nConnect this machine to the network and run the command again.';
    }
    if (/linker `?\w+`? not found|failed to find tool/.test(output)) {
      return ' cannot be built: there is no C compiler.';
    }
    if (/requires rustc [\d.]+|rustc [\d.]+ is not supported/.test(output)) {
      return ' cannot be built: this Rust is too old (rustup update).';
    }
    return ` could not be built:\n\n${tail(output)}\n`;
  };
  return new Problem(`The Firestore emulator${reason()}\n${WAYS_TO_GET_IT}`);
};

const findCargo = (/** @type {import('./paths.mjs').Environment} */ env) => {
  const home = join(env.CARGO_HOME || join(homedir(), '.cargo'), 'bin', 'cargo');
  const cargo = [...onPath('cargo', env), home].find((file) => versionOutput(file) !== undefined);
  if (cargo !== undefined) return cargo;
  throw new Problem(
    `The Firestore emulator is not there and cannot be built: no cargo.\n${WAYS_TO_GET_IT}`,
  );
};

/** Removes the folders of builds whose process was killed. */
const sweep = (/** @type {string} */ cache) => {
  for (const name of readdirSync(cache)) {
    const pid = /^\.building-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) {
      rmSync(join(cache, name), { recursive: true, force: true });
    }
  }
};

const compile = async (
  /** @type {string} */ cargo,
  /** @type {string} */ root,
  /** @type {AbortSignal} */ signal,
) => {
  const line = progress(`Building the Firestore emulator (hidane ${HIDANE_VERSION}, only once)`);
  let crates = 0;
  const result = await run(
    cargo,
    ['install', 'hidane', '--locked', '--version', HIDANE_VERSION, '--root', root, '--no-track'],
    {
      signal,
      // In the folder that `sweep` removes, so that an interrupted build leaves nothing elsewhere.
      env: { ...process.env, CARGO_TARGET_DIR: join(root, 'target') },
      onLine: (text) => {
        if (/^\s*Compiling /.test(text)) crates += 1;
        line.detail(crates === 0 ? 'fetching' : `${crates} crates compiled`);
      },
    },
  );
  line.end(result.code === 0 ? 'done' : 'failed');
  if (result.code !== 0) throw buildProblem(result.output);
};

const build = async (
  /** @type {string} */ file,
  /** @type {(file: string) => string | undefined} */ versionOf,
  /** @type {string} */ cargo,
) => {
  const target = dirname(dirname(file));
  const root = join(dirname(target), `.building-${process.pid}`);
  const abort = new AbortController();
  const discard = () => rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  const stop = () => {
    abort.abort();
    process.exit(130);
  };
  process.once('exit', discard);
  // Each may arrive twice: from the terminal and from npm.
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    await compile(cargo, root, abort.signal);
    if (versionOf(join(root, 'bin', 'hidane')) !== HIDANE_VERSION) {
      throw new Problem('The Firestore emulator was built, but does not run.');
    }
    rmSync(join(root, 'target'), { recursive: true, force: true });
    rmSync(target, { recursive: true, force: true });
    renameSync(root, target);
  } finally {
    discard();
    process.off('exit', discard);
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
};

/**
 * Builds the emulator into the cache. It is built in a temporary folder and renamed, so that an
 * interrupted build leaves no half-finished emulator.
 *
 * @param {string} file where its binary shall be
 * @param {(file: string) => string | undefined} versionOf
 * @param {import('./paths.mjs').Environment} env
 */
export const buildEmulator = async (file, versionOf, env) => {
  const cargo = findCargo(env);
  const cache = dirname(dirname(dirname(file)));
  mkdirSync(cache, { recursive: true });
  await withLock(
    join(cache, `hidane-${HIDANE_VERSION}.lock`),
    async () => {
      sweep(cache);
      if (versionOf(file) !== HIDANE_VERSION) await build(file, versionOf, cargo);
    },
    () => console.error('Another set-up is building the Firestore emulator; waiting for it …'),
  );
};
