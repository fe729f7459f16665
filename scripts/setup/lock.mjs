import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Whether a process is running.
 *
 * @param {number} pid
 */
export const isRunning = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Whether the holder died, perhaps before it wrote its process id. */
const isStale = (/** @type {string} */ folder) => {
  try {
    const file = join(folder, 'pid');
    const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    return pid > 0 ? !isRunning(pid) : Date.now() - statSync(folder).mtimeMs > 5000;
  } catch {
    // It was released in the meantime.
    return false;
  }
};

/** @param {string} folder */
const tryTake = (folder) => {
  try {
    mkdirSync(folder);
  } catch {
    return false;
  }
  writeFileSync(join(folder, 'pid'), String(process.pid));
  return true;
};

/**
 * Runs `work` while no other process holds this lock. `mkdir` is atomic on every file system; a
 * lock whose process is gone is taken over.
 *
 * @template T
 * @param {string} folder the lock's own folder
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once, when another process holds it
 * @returns {Promise<T>}
 */
export const withLock = async (folder, work, onWait) => {
  mkdirSync(dirname(folder), { recursive: true });
  for (let waits = 0; !tryTake(folder); waits += 1) {
    if (isStale(folder)) {
      rmSync(folder, { recursive: true, force: true });
      continue;
    }
    if (waits === 0) onWait?.();
    await delay(200);
  }
  const release = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
};
