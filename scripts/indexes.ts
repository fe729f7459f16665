/** Writes firestore.indexes.json from the declared collections; `--check` compares it instead. */
import { readFileSync, writeFileSync } from 'node:fs';
import { COLLECTIONS, LISTENERS } from './indexes/declared.ts';
import { deriveIndexes } from './indexes/derive-indexes.ts';

const FILE = new URL('../firestore.indexes.json', import.meta.url);

const text = `${JSON.stringify(deriveIndexes(COLLECTIONS, LISTENERS), null, 2)}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(FILE, text);
} else if (readFileSync(FILE, 'utf8') !== text) {
  console.error('firestore.indexes.json is not what the collections declare: npm run indexes');
  process.exitCode = 1;
}
