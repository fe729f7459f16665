import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { desks } from '../functions/src/api.ts';
import { openApiOf } from '../functions/src/kernel/http/openapi.ts';

/**
 * Writes functions/openapi/<desk>.json from the desks' endpoints; with `--check` it writes nothing
 * and fails when a committed file says something else.
 */
const folder = new URL('../functions/openapi/', import.meta.url);
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));

const committed = (file: URL): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

const isCheck = process.argv.includes('--check');
const differing = desks.filter((desk) => {
  const file = new URL(`${desk.name}.json`, folder);
  const text = `${JSON.stringify(openApiOf(desk, version), null, 2)}\n`;
  if (text === committed(file)) return false;
  if (!isCheck) writeFileSync(file, text);
  return true;
});

for (const { name } of differing) {
  console.log(isCheck ? `functions/openapi/${name}.json is out of date` : `wrote ${name}.json`);
}
if (isCheck && differing.length > 0) {
  console.log('Run `npm run openapi` and commit what it writes.');
  process.exitCode = 1;
}
