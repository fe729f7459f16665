/**
 * `npm run bench`: ratios and counts from one run on this machine, over the emulators.
 *
 *   npm run bench -- --json              for machines
 *   npm run bench -- --only growth       some of the lines (scripts/bench/lines.ts names them)
 */
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { startBench } from './bench/bench-world.ts';
import type { Figure, Line } from './bench/line.ts';
import { LINES } from './bench/lines.ts';

const select = (only: string | undefined): readonly Line[] => {
  const names = LINES.map(({ name }) => name);
  const wanted = only?.split(',') ?? names;
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown === undefined) return LINES.filter(({ name }) => wanted.includes(name));
  throw new Error(`There is no line "${unknown}". The lines: ${names.join(', ')}`);
};

const number = (value: number): string =>
  Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toFixed(2);

const verdict = ({ value, atMost = Infinity, atLeast = -Infinity }: Figure): string => {
  if (atMost === Infinity && atLeast === -Infinity) return '';
  const aim = atMost === Infinity ? `at least ${atLeast}` : `at most ${atMost}`;
  return `${value <= atMost && value >= atLeast ? '✔' : '✖'} aim: ${aim}`;
};

const print = (figure: Figure): void => {
  const { what, value, unit, note } = figure;
  console.log(`  ${`${number(value)} ${unit}`.padEnd(28)} ${what}  ${verdict(figure)}`.trimEnd());
  if (note !== undefined) console.log(`  ${''.padEnd(28)} ${note}`);
};

/** A line that fails is reported, and the next one runs. */
const measure = async (line: Line): Promise<readonly Figure[]> => {
  const bench = await startBench(line.name);
  try {
    return await line.run(bench);
  } catch (error) {
    console.error(`\nThe line "${line.name}" failed:`, error);
    process.exitCode = 1;
    return [];
  } finally {
    await bench.stop();
  }
};

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  node: process.version,
  store: `emulator at ${process.env['FIRESTORE_EMULATOR_HOST']}`,
};
const lines = select(values.only);
const started = performance.now();
const all: Record<string, readonly Figure[]> = {};
if (!values.json) console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`);
for (const line of lines) {
  const figures = await measure(line);
  all[line.name] = figures;
  if (values.json) continue;
  console.log(`\n${line.name}`);
  for (const figure of figures) print(figure);
}
const seconds = Math.round((performance.now() - started) / 1000);
if (values.json) console.log(JSON.stringify({ machine, seconds, lines: all }, undefined, 2));
else console.log(`\nOne run on this machine, in ${seconds} s.`);
process.exit();
