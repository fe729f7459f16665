import Mocha from 'mocha';
import { z } from 'zod';

/** The result of a step. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** The failures in full; empty when all passed. */
  readonly detail: string;
}

/** A check that passes or fails as a whole counts as one. */
export const single = (passed: boolean, output: string): Outcome => ({
  passed: passed ? 1 : 0,
  failed: passed ? 0 : 1,
  detail: passed ? '' : output,
});

/** What we read of the file that mocha's JSON reporter writes. */
const mochaReport = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('not JSON');
      return z.NEVER;
    }
  })
  .pipe(
    z.object({
      stats: z.object({ passes: z.number() }),
      failures: z.array(
        z.object({
          fullTitle: z.string(),
          err: z.object({
            message: z.string().optional(),
            stack: z.string().optional(),
            actual: z.string().optional().catch(undefined),
            expected: z.string().optional().catch(undefined),
          }),
        }),
      ),
    }),
  );

type Failure = z.infer<typeof mochaReport>['failures'][number];

/** A failed test with its stack and, where two values were compared, their difference. */
const describe = ({ fullTitle, err }: Failure): string => {
  const { message, stack, actual, expected } = err;
  const text = `✖ ${fullTitle}\n${stack ?? message ?? 'failed without a message'}`;
  if (actual === undefined || expected === undefined) return text;
  return `${text}\n${Mocha.reporters.Base.generateDiff(actual, expected)}`;
};

/**
 * A mocha run's outcome from its exit code, its JSON report, and what it printed. A run that failed
 * without naming a failure (its process died), or that ran no test, counts as one failure.
 */
export const mochaOutcome = (code: number, json: string | undefined, output: string): Outcome => {
  const { data: report } = mochaReport.safeParse(json);
  if (!report) return single(false, output);
  const passed = report.stats.passes;
  const failures = report.failures.map(describe);
  if (failures.length === 0 && code !== 0) return { passed, failed: 1, detail: output };
  if (failures.length === 0 && passed === 0) {
    return { passed, failed: 1, detail: `No test ran.\n${output}` };
  }
  return { passed, failed: failures.length, detail: [...failures, output].join('\n\n').trim() };
};

/** The counts of all steps together. */
export const sum = (outcomes: readonly Outcome[]): { passed: number; failed: number } => ({
  passed: outcomes.reduce((total, { passed }) => total + passed, 0),
  failed: outcomes.reduce((total, { failed }) => total + failed, 0),
});

/** The last line of `npm test`. */
export const lastLine = ({ passed, failed }: { passed: number; failed: number }): string =>
  `${passed} passed, ${failed} failed`;
