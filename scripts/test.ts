/**
 * `npm test`: every check, a few side by side. What needs no emulators comes first, while one stack of
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
import { type Step, selectSteps } from './checks/steps.ts';
import { ROOT } from './setup/paths.mjs';
import { Problem, printFailure } from './setup/problem.mjs';
import { run } from './setup/run.mjs';
import { bundleEnvironment } from './stack/environment.ts';
import { stopSignal } from './stack/signals.ts';
import { type Stack, startStack } from './stack/stack.ts';

const signal = stopSignal();

const secondsSince = (started: number): string =>
  ((performance.now() - started) / 1000).toFixed(1).padStart(6);

/** Checks without the stack must not find an emulator by chance. */
const environmentOf = ({ needsStack }: Step): NodeJS.ProcessEnv =>
  needsStack
    ? bundleEnvironment()
    : {
        ...process.env,
        FIRESTORE_EMULATOR_HOST: undefined,
        FIREBASE_AUTH_EMULATOR_HOST: undefined,
      };

const runMocha = async (patterns: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> => {
  const files = globSync([...patterns], { cwd: ROOT }).toSorted();
  if (files.length === 0) return single(false, `There is no ${patterns.join(' or ')}.`);
  const folder = mkdtempSync(join(tmpdir(), 'crewline-'));
  const report = join(folder, 'report.json');
  const args = ['--reporter', 'json', '--reporter-option', `output=${report}`, '--exit', ...files];
  try {
    const { code, output } = await run('mocha', args, { cwd: ROOT, env, signal });
    return mochaOutcome(
      code,
      existsSync(report) ? readFileSync(report, 'utf8') : undefined,
      output,
    );
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
    ? runMocha(step.run.files, env)
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

/** Enough to keep all cores busy, as the suites wait for the emulators now and then. */
const AT_ONCE = availableParallelism() + 1;

/** Runs the steps in their order, a few at a time, each after what it waits for has ended. */
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
