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

/** Milliseconds that a fresh process takes to import a file. */
const loadTime = async (file: string): Promise<number> => {
  const url = JSON.stringify(pathToFileURL(file).href);
  const program = `const t = performance.now(); await import(${url}); console.log(performance.now() - t);`;
  const args = ['--input-type=module', '--eval', program];
  const { stdout } = await run(process.execPath, args, { cwd: ROOT });
  return Number(stdout.trim().split('\n').at(-1));
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
      const sides = [
        median(runs.map(({ bundle }) => bundle)),
        median(runs.map(({ modules }) => modules)),
      ] as const;
      const what = 'loading the bundle against loading its modules';
      return [
        { what: 'loading the bundle', value: sides[0], unit: 'ms', atMost: MOST_MS },
        ratio(what, 'times as long', sides, { atMost: 0.5 }),
      ];
    } finally {
      rmSync(unbundled, { force: true });
    }
  },
};
