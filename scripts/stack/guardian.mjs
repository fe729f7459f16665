/**
 * Runs a command in a session of its own and sees to it that nothing of it is left: when the
 * parent says so, or is gone, the command gets SIGINT, and after a grace period all that descends
 * from it is killed. firebase-tools starts the Firestore emulator in a group of its own, so
 * killing a group is not enough.
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
    // It is gone, which is what was wanted.
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
