/**
 * Runs a command in its own session and leaves none of its processes behind: when the parent sends a
 * message or ends, the command gets SIGINT, and after a grace period all of its descendants are
 * killed. firebase-tools starts the Firestore emulator in another process group, so killing the group
 * is not enough.
 */
import { spawn, spawnSync } from 'node:child_process';

const GRACE_MS = 8000;
const [program = '', ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: 'inherit' });

/** @param {number} root */
const descendants = (root) => {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=']);
  const pairs = String(stdout)
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number));
  const found = [root];
  for (const parent of found) {
    for (const [pid, ppid] of pairs) if (ppid === parent && pid !== undefined) found.push(pid);
  }
  return found;
};

/** @param {number} pid @param {NodeJS.Signals} signal */
const signalTo = (pid, signal) => {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
};

let stopping = false;
const stop = () => {
  if (stopping || child.pid === undefined) return;
  stopping = true;
  const all = descendants(child.pid);
  const killAll = () => {
    for (const pid of all) signalTo(pid, 'SIGKILL');
  };
  const timer = setTimeout(killAll, GRACE_MS);
  child.once('exit', () => {
    clearTimeout(timer);
    killAll();
  });
  // Exactly one signal must reach firebase-tools (a second means "at once"), which under
  // `hidane exec` is the first child.
  const target = args[0] === 'exec' ? all[1] : all[0];
  signalTo(target ?? child.pid, 'SIGINT');
};

process.on('disconnect', stop);
process.on('message', stop);
for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(name, stop);
child.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
  if (process.connected) process.disconnect();
});
