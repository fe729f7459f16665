/** Fills the emulators with scripts/seed.ts and sends the parent the demo accounts. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../setup/paths.mjs';

const file = join(ROOT, 'scripts/seed.ts');
if (existsSync(file)) {
  const { seed, demoAccounts }: Record<string, unknown> = await import(pathToFileURL(file).href);
  if (typeof seed !== 'function') throw new Error('scripts/seed.ts must export `seed`');
  await seed();
  process.send?.(demoAccounts ?? []);
} else {
  console.error('There is no scripts/seed.ts: the emulators stay empty.');
}
process.disconnect?.();
process.exit();
