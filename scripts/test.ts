/**
 * `npm test`: every check, a few at a time. Checks without emulators come first, while one stack of
 * emulators starts for the others.
 *
 *   npm test -- --only unit,rules     some of the steps (scripts/checks/steps.ts names them)
 */
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pMap from 'p-map';
import { lastLine, mochaOutcome, type Outcome, single, sum } from './checks/report.ts';
import { type Share, type Step, selectSteps } from './checks/steps.ts';
import { ROOT } from './setup/paths.mjs';
import { Problem, printFailure } from './setup/problem.mjs';
import { run } from './setup/run.mjs';
import { bundleEnvironment } from './stack/environment.ts';
import { stopSignal } from './stack/signals.ts';
import { type Stack, startStack } from './stack/stack.ts';

const signal = stopSignal();

/** A suite that one process runs as a whole. */
const WHOLE: Share = { nth: 1, of: 1 };

const secondsSince = (started: number): string =>
  ((performance.now() - started) / 1000).toFixed(1).padStart(6);

/** A check without the stack must not reach an emulator that happens to run. */
const environmentOf = ({ needsStack, desk }: Step): NodeJS.ProcessEnv => ({
  ...(needsStack
    ? bundleEnvironment()
    : {
        ...process.env,
        FIRESTORE_EMULATOR_HOST: undefined,
        FIREBASE_AUTH_EMULATOR_HOST: undefined,
      }),
  MATRIX_DESK: desk,
});

const filesOf = (patterns: readonly string[], { nth, of }: Share): string[] =>
  globSync([...patterns], { cwd: ROOT })
    .toSorted()
    .filter((_, index) => index % of === nth - 1);

const runMocha = async (files: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> => {
  if (files.length === 0) return single(false, 'The step has no spec files.');
  const folder = mkdtempSync(join(tmpdir(), 'crewline-'));
  const report = join(folder, 'report.json');
  const args = ['--reporter', 'json', '--reporter-option', `output=${report}`, '--exit', ...files];
  try {
    const { code, output } = await run('mocha', args, { cwd: ROOT, env, signal });
    const json = existsSync(report) ? readFileSync(report, 'utf8') : undefined;
    return mochaOutcome(code, json, output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const runCommand = async (
  [program = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Outcome> => {
  const { code, output } = await run(program, args, { cwd: ROOT, env, signal });
  return single(code === 0, output);
};

const runStep = async (step: Step): Promise<Outcome> => {
  const started = performance.now();
  const env = environmentOf(step);
  const outcome = await (step.run.kind === 'mocha'
    ? runMocha(filesOf(step.run.files, step.run.share ?? WHOLE), env)
    : runCommand(step.run.command, env));
  signal.throwIfAborted();
  const mark = outcome.failed === 0 ? '✔' : '✖';
  console.log(`${mark} ${step.name.padEnd(16)} ${secondsSince(started)} s   ${lastLine(outcome)}`);
  if (outcome.detail !== '') console.log(`\n${outcome.detail}\n`);
  return outcome;
};

/** Starts the stack with demo data; undefined when it does not start, after a message. */
const startWithData = async (): Promise<Stack | undefined> => {
  const started = performance.now();
  try {
    const stack = await startStack({ api: 'functions', seed: true, clock: false, signal });
    console.log(`  the emulators    ${secondsSince(started)} s`);
    return stack;
  } catch (error) {
    if (!signal.aborted) printFailure(error);
    return undefined;
  }
};

/** One more than there are cores, because suites spend some time waiting for the emulators. */
const AT_ONCE = availableParallelism() + 1;

/** Runs the steps in order, a few at a time; a step with `after` waits for that one. */
const runAll = (steps: readonly Step[], stack: Promise<Stack | undefined>): Promise<Outcome[]> => {
  const outcomes = new Map<string, Promise<Outcome>>();
  const runInTurn = async (step: Step): Promise<Outcome> => {
    await outcomes.get(step.after ?? '');
    if (step.needsStack && !(await stack)) return single(false, `${step.name} could not run`);
    signal.throwIfAborted();
    return runStep(step);
  };
  const start = (step: Step): Promise<Outcome> => {
    const outcome = runInTurn(step);
    outcomes.set(step.name, outcome);
    return outcome;
  };
  return pMap(steps, start, { concurrency: AT_ONCE });
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const steps = selectSteps(values.only);
  const stack = steps.some((step) => step.needsStack)
    ? startWithData()
    : Promise.resolve(undefined);
  let outcomes: readonly Outcome[];
  try {
    outcomes = await runAll(steps, stack);
  } finally {
    await (await stack)?.stop();
  }
  const total = sum(outcomes);
  console.log(`\n${lastLine(total)}`);
  process.exitCode = total.failed === 0 ? 0 : 1;
};

try {
  await main();
} catch (error) {
  if (!signal.aborted) printFailure(error instanceof Error ? new Problem(error.message) : error);
  process.exitCode = signal.aborted ? 130 : 1;
}
process.exit();
