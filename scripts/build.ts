/**
 * Bundles functions/src/index.ts into functions/dist/index.js, one ES module with all of its
 * dependencies: it loads in a fraction of the time of the separate modules, and what was tested is
 * what is deployed. The source map lies beside it and is not deployed (firebase.json ignores it).
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, type BuildResult, build, context } from 'esbuild';
import { BUNDLE, ROOT } from './setup/paths.mjs';

// Bundled CommonJS modules call require for Node's built-ins and name their own folder.
const banner = [
  "import { createRequire as __createRequire } from 'node:module';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = import.meta.filename;',
  'const __dirname = import.meta.dirname;',
].join(' ');

const options: BuildOptions & { write: false } = {
  absWorkingDir: ROOT,
  entryPoints: ['functions/src/index.ts'],
  outfile: BUNDLE,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // Names stay readable in stack traces; only white space goes.
  minifyWhitespace: true,
  legalComments: 'none',
  sourcemap: 'external',
  banner: { js: banner },
  logLevel: 'error',
  write: false,
};

/** Whoever imports the bundle while it is written gets the old one or the new one, never half. */
const place = (result: BuildResult<{ write: false }>): void => {
  mkdirSync(join(ROOT, 'functions/dist'), { recursive: true });
  for (const { path, contents } of result.outputFiles) {
    const half = `${path}.${process.pid}.tmp`;
    writeFileSync(half, contents);
    renameSync(half, path);
  }
};

/** Builds once. Rejects with esbuild's list of errors, which are printed already. */
const buildBundle = async (): Promise<void> => place(await build(options));

/**
 * Builds at every change of the code from now on, until `stop`; `onBuild` hears of each build
 * after the first. A build with errors prints them and leaves the last good bundle.
 */
export const watchBundle = async (onBuild: () => void): Promise<{ stop: () => Promise<void> }> => {
  let builds = 0;
  const watcher = await context({
    ...options,
    plugins: [
      {
        name: 'place',
        setup: ({ onEnd }) =>
          onEnd((result) => {
            builds += 1;
            if (builds === 1 || result.errors.length > 0 || !result.outputFiles) return;
            place({ ...result, outputFiles: result.outputFiles });
            onBuild();
          }),
      },
    ],
  });
  await watcher.watch();
  return { stop: () => watcher.dispose() };
};

if (import.meta.main) await buildBundle().catch(() => process.exit(1));
