import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildEmulator } from './build-emulator.mjs';
import { cacheFolder, onPath, ROOT } from './paths.mjs';
import { Problem } from './problem.mjs';
import { versionOutput } from './run.mjs';
import { HIDANE_VERSION, OLDEST_JAVA, parseJavaMajor, parseVersion } from './versions.mjs';

/**
 * @typedef {import('./paths.mjs').Environment} Environment
 * @typedef {{ from: 'PATH' | 'cache' | 'npm', file: string }} Candidate
 * @typedef {{ kind: 'hidane', file: string, from: string } | { kind: 'official' }} Emulator
 */

/** @param {Environment} env */
const cachedEmulator = (env) => join(cacheFolder(env), `hidane-${HIDANE_VERSION}`, 'bin', 'hidane');

/**
 * Where the Firestore emulator may be, in order of preference.
 *
 * @param {Environment} env
 * @param {string} [root]
 * @returns {Candidate[]}
 */
export const candidates = (env, root = ROOT) => {
  const npm = join(root, 'node_modules/.bin/hidane');
  return [
    ...onPath('hidane', env)
      .filter((file) => file !== npm)
      .map((file) => ({ from: /** @type {const} */ ('PATH'), file })),
    { from: 'cache', file: cachedEmulator(env) },
    { from: 'npm', file: npm },
  ];
};

/**
 * The first candidate that runs and has the pinned version.
 *
 * @param {readonly Candidate[]} list
 * @param {(file: string) => string | undefined} versionOf
 * @returns {Candidate | undefined}
 */
export const choose = (list, versionOf) =>
  list.find(({ file }) => versionOf(file) === HIDANE_VERSION);

const versionOf = (/** @type {string} */ file) =>
  existsSync(file) ? parseVersion(versionOutput(file) ?? '') : undefined;

/** @returns {Emulator} */
const official = () => {
  const major = parseJavaMajor(versionOutput('java', '-version') ?? '');
  if (major !== undefined && major >= OLDEST_JAVA) return { kind: 'official' };
  throw new Problem(
    `FIRESTORE_EMULATOR=official needs Java ${OLDEST_JAVA} or newer; ${major === undefined ? 'there is no Java' : `this is Java ${major}`}.\nInstall it (https://adoptium.net), or unset FIRESTORE_EMULATOR to use the emulator that needs no Java.`,
  );
};

/**
 * The Firestore emulator of this machine, without building it.
 *
 * @param {Environment} [env]
 * @returns {Emulator | undefined}
 */
export const findEmulator = (env = process.env) => {
  if (env.FIRESTORE_EMULATOR === 'official') return official();
  const found = choose(candidates(env), versionOf);
  return found && { kind: 'hidane', ...found };
};

/**
 * The Firestore emulator of this machine; builds it when there is none.
 *
 * @param {Environment} [env]
 * @returns {Promise<Emulator>}
 * @throws {Problem} that says what to install
 */
export const ensureEmulator = async (env = process.env) => {
  const found = findEmulator(env);
  if (found) return found;
  const file = cachedEmulator(env);
  await buildEmulator(file, versionOf, env);
  return { kind: 'hidane', file, from: 'cache' };
};
