import { existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's top folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');

/** What `firebase deploy` uploads and every emulator runs. */
export const BUNDLE = join(ROOT, 'functions/dist/index.js');

/** The runtime's own Node, as linked by the set-up. */
export const RUNTIME_NODE = join(ROOT, 'node_modules/node/bin/node');

/** @typedef {Readonly<Record<string, string | undefined>>} Environment */

/**
 * The project's folder in the user's cache, shared by all checkouts.
 *
 * @param {Environment} env
 */
export const cacheFolder = (env) =>
  join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'crewline');

/**
 * Where a program is on the PATH, in the order of the PATH.
 *
 * @param {string} name
 * @param {Environment} env
 * @returns {string[]}
 */
export const onPath = (name, env) =>
  (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .filter((file) => existsSync(file));

/**
 * When the newest of these files and folders changed, including all files in the folders. Removing a
 * file counts, because it changes its folder.
 *
 * @param {readonly string[]} paths
 * @returns {number} milliseconds since 1970, 0 for nothing
 */
export const newestChange = (paths) => {
  const times = paths.filter(existsSync).flatMap((path) => {
    const stat = statSync(path);
    const names = stat.isDirectory() ? readdirSync(path, { recursive: true }) : [];
    return [stat, ...names.map((name) => statSync(join(path, String(name))))];
  });
  return Math.max(0, ...times.map(({ mtimeMs }) => mtimeMs));
};
