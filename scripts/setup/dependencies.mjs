import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { RUNTIME_NODE, ROOT } from './paths.mjs';
import { Problem } from './problem.mjs';
import { run, tail, versionOutput } from './run.mjs';
import { nodeMajor, parseVersion } from './versions.mjs';

/**
 * @typedef {{ version?: string, optional?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile
 */

/**
 * Whether npm's own record of what it installed has every package of the lockfile in its version.
 * An interrupted installation has no record. Optional packages may be for another platform.
 *
 * @param {Lockfile} lockfile
 * @param {Lockfile | undefined} installed
 */
export const isInstalled = (lockfile, installed) =>
  installed !== undefined &&
  Object.entries(lockfile.packages ?? {}).every(
    ([path, { version, optional, link }]) =>
      !path.includes('node_modules/') ||
      optional === true ||
      link === true ||
      installed.packages?.[path]?.version === version,
  );

/**
 * @param {string} file
 * @returns {Lockfile | undefined}
 */
const readLockfile = (file) =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;

const dependenciesAreCurrent = () =>
  isInstalled(
    readLockfile(join(ROOT, 'package-lock.json')) ?? {},
    readLockfile(join(ROOT, 'node_modules/.package-lock.json')),
  );

/** With the variables of the npm that runs this, another npm would work on the wrong folder. */
const cleanEnvironment = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(package|lifecycle|command|execpath|config_(local_)?prefix)/.test(name),
    ),
  );

/** Whether npm or cargo failed because the network is missing, by their error codes. */
export const isNetworkFailure = (/** @type {string} */ output) =>
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)\b|Could not resolve host|Couldn't connect|failed to connect|spurious network error/i.test(
    output,
  );

const npmFailure = (/** @type {string} */ output) =>
  new Problem(
    isNetworkFailure(output)
      ? 'The packages are not installed yet, and npm cannot reach its registry.\nConnect this machine to the network (or set its proxy: npm config set proxy …) and run the command again.'
      : `npm could not install the packages:\n\n${tail(output)}`,
  );

const install = async () => {
  console.error('Installing the packages (npm ci) …');
  // Install scripts stay off: firebase-tools would compile re2 for minutes without needing it.
  const result = await run('npm', ['ci', '--ignore-scripts', '--no-fund', '--no-audit'], {
    cwd: ROOT,
    env: cleanEnvironment(),
  });
  if (result.code !== 0) throw npmFailure(result.output);
};

const wantedNode = () =>
  readLockfile(join(ROOT, 'package-lock.json'))?.packages?.['node_modules/node']?.version;

const runtimeIsCurrent = () =>
  existsSync(join(ROOT, 'node_modules/.bin/node')) &&
  existsSync(RUNTIME_NODE) &&
  parseVersion(versionOutput(RUNTIME_NODE) ?? '') === wantedNode();

/** The only install script that runs: it fetches the Node binary of this platform. */
const installRuntime = async () => {
  console.error(`Installing Node ${wantedNode()} for this project …`);
  // `npm ci` may have removed the Node that runs this.
  const node = existsSync(process.execPath) ? process.execPath : 'node';
  const result = await run(node, ['installArchSpecificPackage'], {
    cwd: join(ROOT, 'node_modules/node'),
    env: cleanEnvironment(),
  });
  if (result.code !== 0 || !existsSync(RUNTIME_NODE)) throw npmFailure(result.output);
  const link = join(ROOT, 'node_modules/.bin/node');
  rmSync(link, { force: true });
  symlinkSync('../node/bin/node', link);
};

/**
 * Installs the packages of the lockfile and the runtime's own Node, when they are not there.
 *
 * @returns {Promise<void>}
 * @throws {Problem} when npm fails, with what to do
 */
export const ensureDependencies = async () => {
  if (dependenciesAreCurrent() && runtimeIsCurrent()) return;
  const waiting = () =>
    console.error('Another set-up of this checkout is running; waiting for it …');
  await withLock(
    join(ROOT, '.cache/setup.lock'),
    async () => {
      if (!dependenciesAreCurrent()) await install();
      if (!runtimeIsCurrent()) await installRuntime();
    },
    waiting,
  );
};

/**
 * Refuses a Node that cannot run even the set-up.
 *
 * @param {string} version
 * @param {number} oldest
 */
export const checkNode = (version, oldest) => {
  if (nodeMajor(version) >= oldest) return;
  throw new Problem(
    `Crewline needs Node ${oldest} or newer to set itself up; this is ${version}.\nInstall a current one from https://nodejs.org and run the command again.`,
  );
};
