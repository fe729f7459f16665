/** Mocha reporter that writes counts and failures as JSON to the file of its option `out`. */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import type { MochaResult } from './report.ts';

const outFile = (options: Mocha.MochaOptions): string => {
  const { out }: { out?: unknown } = options.reporterOptions ?? {};
  if (typeof out !== 'string') throw new Error('reporter option out=<file> is missing');
  return out;
};

/** A failed expectation's difference, as mocha's own reporters show it. */
const difference = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return '';
  if (!('expected' in error) || !('actual' in error) || 'showDiff' in error === false) return '';
  if (typeof error.expected !== 'string' && typeof error.expected !== 'object') return '';
  const text = (value: unknown): string =>
    typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return `\n${Mocha.reporters.Base.generateDiff(text(error.actual), text(error.expected))}`;
};

const explain = (error: unknown): string =>
  error instanceof Error
    ? `${error.stack ?? error.message}${difference(error)}`
    : `threw ${String(error)}`;

export default class JsonFile extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const result: MochaResult = { passed: 0, failures: [] };
    runner.on('pass', () => {
      result.passed += 1;
    });
    runner.on('fail', (test: Mocha.Test, error: unknown) => {
      result.failures.push({ title: test.fullTitle(), detail: explain(error) });
    });
    runner.on('end', () => writeFileSync(outFile(options), JSON.stringify(result)));
  }
}
