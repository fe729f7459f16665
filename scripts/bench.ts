/**
 * `npm run bench`: ratios and counts from one run on this machine, over the emulators.
 *
 *   npm run bench -- --json              for machines
 *   npm run bench -- --only growth       some of the lines (scripts/bench/lines.ts names them)
 */
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { startBench } from './bench/bench-world.ts';
import type { Figure } from './bench/line.ts';
import { LINES } from './bench/lines.ts';

const select = (only: string | undefined) => {
  const names = only?.split(',');
  const unknown = names?.find((name) => !LINES.some((line) => line.name === name));
  if (unknown !== undefined) {
    throw new Error(
      `There is no line "${unknown}". The lines: ${LINES.map((l) => l.name).join(', ')}`,
    );
  }
  return LINES.filter(({ name }) => names === undefined || names.includes(name));
};

const number = (value: number): string => {
  if (Number.isNaN(value)) return '–';
  return Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toFixed(2);
};

const verdict = ({ aim }: Figure): string =>
  aim === undefined ? '' : `${aim.isMet ? '✔' : '✖'} aim: ${aim.text}`;

const print = (figures: readonly Figure[]): void => {
  for (const figure of figures) {
    const { what, value, unit, note } = figure;
    console.log(`  ${`${number(value)} ${unit}`.padEnd(28)} ${what}  ${verdict(figure)}`.trimEnd());
    if (note !== undefined) console.log(`  ${''.padEnd(28)} ${note}`);
  }
};

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const [cpu] = cpus();
const machine = {
  cpu: cpu?.model ?? 'unknown',
  cores: availableParallelism(),
  node: process.version,
  store: `emulator at ${process.env['FIRESTORE_EMULATOR_HOST']}`,
};
const started = performance.now();
const bench = await startBench();
const all: Record<string, readonly Figure[]> = {};
if (!values.json) console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`);
for (const line of select(values.only)) {
  const figures = await line.run(bench);
  all[line.name] = figures;
  if (values.json) continue;
  console.log(`\n${line.name}`);
  print(figures);
}
await bench.stop();
const seconds = Math.round((performance.now() - started) / 1000);
if (values.json) console.log(JSON.stringify({ machine, seconds, lines: all }, undefined, 2));
else console.log(`\nOne run on this machine, in ${seconds} s.`);
process.exit();
