/** What the reporter tells of one mocha run. */
export interface MochaResult {
  passed: number;
  failures: { title: string; detail: string }[];
}

/** What a step came to. */
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

const parseResult = (json: string): MochaResult | undefined => {
  try {
    const { passed, failures }: { passed?: unknown; failures?: unknown } = JSON.parse(json);
    if (typeof passed !== 'number' || !Array.isArray(failures)) return undefined;
    return { passed, failures };
  } catch {
    return undefined;
  }
};

/**
 * A mocha run's outcome from its exit code, its reporter's file, and what it printed. A run that
 * ended badly without naming a failure (a file that does not load, a process that died) has
 * failed once more than its file says; so has one that ran nothing.
 */
export const mochaOutcome = (code: number, json: string | undefined, output: string): Outcome => {
  const result = json === undefined ? undefined : parseResult(json);
  if (!result) return single(false, output);
  const { passed, failures } = result;
  const details = failures.map(({ title, detail }) => `✖ ${title}\n${detail}`);
  if (failures.length === 0 && code !== 0) return { passed, failed: 1, detail: output };
  if (failures.length === 0 && passed === 0) {
    return { passed, failed: 1, detail: `No test ran.\n${output}` };
  }
  return { passed, failed: failures.length, detail: [...details, output].join('\n\n').trim() };
};

/** The counts of all steps together. */
export const sum = (outcomes: readonly Outcome[]): { passed: number; failed: number } => ({
  passed: outcomes.reduce((total, { passed }) => total + passed, 0),
  failed: outcomes.reduce((total, { failed }) => total + failed, 0),
});

/** The last line of `npm test`. */
export const lastLine = ({ passed, failed }: { passed: number; failed: number }): string =>
  `${passed} passed, ${failed} failed`;
