import { execFile } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { options } from '../build.ts';
import { BUNDLE, ROOT } from '../setup/paths.mjs';
import { type Line, median, ratio, times } from './line.ts';

const RUNS = 9;
/** What a cold start may spend on it. */
const MOST_MS = 500;
const run = promisify(execFile);

interface LoadTime {
  readonly wall: number;
  /** Of all its threads, which a busy machine does not make longer. */
  readonly cpu: number;
}

/** Milliseconds that a fresh process takes to import a file. */
const loadTime = async (file: string): Promise<LoadTime> => {
  const url = JSON.stringify(pathToFileURL(file).href);
  const program = `
    const [wall, cpu] = [performance.now(), process.cpuUsage()];
    await import(${url});
    const { user, system } = process.cpuUsage(cpu);
    console.log(performance.now() - wall, (user + system) / 1000);`;
  const args = ['--input-type=module', '--eval', program];
  const { stdout } = await run(process.execPath, args, { cwd: ROOT });
  const [wall = Number.NaN, cpu = Number.NaN] = stdout.trim().split(' ').map(Number);
  return { wall, cpu };
};

/** Our code as plain JavaScript, and all packages as the modules that npm installed. */
const buildUnbundled = async (outfile: string): Promise<void> => {
  await build({ ...options, outfile, packages: 'external', banner: {}, write: true });
};

/** How long the bundle takes to load, compared with its separate modules. */
export const loadTimes: Line = {
  name: 'load time',
  run: async () => {
    if (!existsSync(BUNDLE)) throw new Error('There is no bundle: npm run build');
    const unbundled = join(ROOT, 'functions/dist/unbundled.js');
    await buildUnbundled(unbundled);
    try {
      const runs = await times(RUNS, async () => ({
        bundle: await loadTime(BUNDLE),
        modules: await loadTime(unbundled),
      }));
      const medians = (of: keyof LoadTime) =>
        [
          median(runs.map(({ bundle }) => bundle[of])),
          median(runs.map(({ modules }) => modules[of])),
        ] as const;
      const [bundle] = medians('wall');
      const what = 'loading the bundle against loading its modules';
      return [
        { what: 'loading the bundle', value: bundle, unit: 'ms', atMost: MOST_MS },
        ratio(what, 'times as long', medians('wall'), { atMost: 0.5 }),
        ratio(`${what}, processor time`, 'times as much', medians('cpu')),
      ];
    } finally {
      rmSync(unbundled, { force: true });
    }
  },
};
