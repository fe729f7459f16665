/**
 * `npm test`: every check, one after the other, on one stack of emulators.
 *
 *   npm test -- --only unit,rules     some of the steps (scripts/checks/steps.ts names them)
 */
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { existsSync } from 'node:fs';
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

const runCommand = async ([program = '', ...args]: readonly string[]): Promise<Outcome> => {
  const { code, output } = await run(program, args, { cwd: ROOT, signal });
  return single(code === 0, output);
};

/** Unit tests must not find an emulator by chance; the others get the whole stack's variables. */
const mochaEnvironment = (needsStack: boolean): NodeJS.ProcessEnv =>
  needsStack
    ? bundleEnvironment()
    : {
        ...process.env,
        FIRESTORE_EMULATOR_HOST: undefined,
        FIREBASE_AUTH_EMULATOR_HOST: undefined,
      };

const runMocha = async (patterns: readonly string[], needsStack: boolean): Promise<Outcome> => {
  const files = globSync([...patterns], { cwd: ROOT }).toSorted();
  if (files.length === 0) return single(false, `There is no ${patterns.join(' or ')}.`);
  const folder = mkdtempSync(join(tmpdir(), 'crewline-'));
  const out = join(folder, 'result.json');
  const reporter = join(ROOT, 'scripts/checks/mocha-reporter.ts');
  const args = ['--reporter', reporter, '--reporter-option', `out=${out}`, '--exit', ...files];
  const env = mochaEnvironment(needsStack);
  try {
    const { code, output } = await run('mocha', args, { cwd: ROOT, env, signal });
    return mochaOutcome(code, existsSync(out) ? readFileSync(out, 'utf8') : undefined, output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const runStep = async (step: Step): Promise<Outcome> => {
  const started = performance.now();
  const outcome = await (step.run.kind === 'mocha'
    ? runMocha(step.run.files, step.needsStack)
    : runCommand(step.run.command));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const mark = outcome.failed === 0 ? '✔' : '✖';
  console.log(`${mark} ${step.name.padEnd(16)} ${seconds.padStart(6)} s   ${lastLine(outcome)}`);
  if (outcome.detail !== '') console.log(`\n${outcome.detail}\n`);
  return outcome;
};

const start = async (): Promise<Stack> => {
  const started = performance.now();
  const stack = await startStack({ api: 'functions', seed: true, clock: false, signal });
  console.log(`  the emulators took ${((performance.now() - started) / 1000).toFixed(1)} s`);
  Object.assign(process.env, bundleEnvironment());
  return stack;
};

/** All steps that need the stack, or one failure for each when it does not start. */
const runOnStack = async (steps: readonly Step[]): Promise<Outcome[]> => {
  let stack: Stack;
  try {
    stack = await start();
  } catch (error) {
    signal.throwIfAborted();
    printFailure(error);
    return steps.map(({ name }) => single(false, `${name} could not run`));
  }
  try {
    return await runAll(steps);
  } finally {
    await stack.stop();
  }
};

const runAll = async (steps: readonly Step[]): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    signal.throwIfAborted();
    outcomes.push(await runStep(step));
  }
  return outcomes;
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const steps = selectSteps(values.only);
  const offStack = steps.filter(({ needsStack }) => !needsStack);
  const needStack = steps.filter(({ needsStack }) => needsStack);
  const outcomes = await runAll(offStack);
  if (needStack.length > 0) outcomes.push(...(await runOnStack(needStack)));
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
