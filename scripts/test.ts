/**
 * `npm test`: every check. What needs no emulators starts at once, side by side; the suites follow
 * on one stack of emulators.
 *
 *   npm test -- --only unit,rules     some of the steps (scripts/checks/steps.ts names them)
 */
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
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

/** The stack with demo data; undefined when it does not start, after a message. */
const start = async (): Promise<Stack | undefined> => {
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

/** Runs each step as soon as what it waits for has ended: the stack, and the step before it. */
const runAll = (steps: readonly Step[], stack: Promise<Stack | undefined>): Promise<Outcome[]> => {
  const outcomes = new Map<string, Promise<Outcome>>();
  const runInTurn = async (step: Step): Promise<Outcome> => {
    await outcomes.get(step.after ?? '');
    if (step.needsStack && !(await stack)) return single(false, `${step.name} could not run`);
    signal.throwIfAborted();
    return runStep(step);
  };
  for (const step of steps) outcomes.set(step.name, runInTurn(step));
  return Promise.all(outcomes.values());
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const steps = selectSteps(values.only);
  const needsStack = steps.some((step) => step.needsStack);
  const stack = needsStack ? start() : Promise.resolve(undefined);
  const outcomes = await runAll(steps, stack).finally(async () => (await stack)?.stop());
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
