/**
 * Bundles functions/src/index.ts into functions/dist/index.js, one ES module with all of its
 * dependencies. It loads faster than separate modules, and what was tested is what is deployed. The
 * source map is next to it and is not deployed (firebase.json ignores it).
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

/** How the bundle is built. */
export const options: BuildOptions & { write: false } = {
  absWorkingDir: ROOT,
  entryPoints: ['functions/src/index.ts'],
  outfile: BUNDLE,
  bundle: true,
  // What only photos need, native code among it, is installed beside the bundle and loaded when needed.
  external: ['sharp', '@google-cloud/storage'],
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // Only white space is removed: names in stack traces stay readable.
  minifyWhitespace: true,
  legalComments: 'none',
  sourcemap: 'external',
  banner: { js: banner },
  logLevel: 'error',
  write: false,
};

/** Replaces the bundle in one step: an import gets the old one or the new one, never a part. */
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
 * Builds at every change of the code until `stop`; `onBuild` is called after each build but the first.
 * A build with errors prints them and leaves the last good bundle.
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
