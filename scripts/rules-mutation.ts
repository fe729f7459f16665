/**
 * Breaks firestore.rules in every way of `mutate`, one at a time, loads each into the emulator under
 * a project of its own, and fails unless some expectation of the rules suite notices.
 * Needs FIRESTORE_EMULATOR_HOST.
 */
import {
  loadRules,
  openRules,
  type Rules,
  readRules,
  refill,
} from '../functions/test/rules/environment.ts';
import { type Expectation, holds } from '../functions/test/rules/expectation.ts';
import { GETS } from '../functions/test/rules/gets.ts';
import { LISTS } from '../functions/test/rules/lists.ts';
import { type Mutant, mutate } from '../functions/test/rules/mutants.ts';
import { WRITE_ATTEMPTS } from '../functions/test/rules/writes.ts';

const PROJECT = 'demo-crewline-rules-mutation';
const AT_ONCE = 60;

/** Mutants that no expectation can notice, because they refuse and allow exactly the same. */
const EQUIVALENT: readonly { before: string; after: string; because: string }[] = [
  {
    before: 'request.auth != null',
    after: 'true',
    because: 'without a sign-in request.auth.uid fails in the next operand, which refuses as well',
  },
];

type Verdict = { readonly mutant: Mutant; readonly noticedBy: string | null };

/** The first of `expectations` that fails, or null. */
const firstFailure = async (
  { as }: Rules,
  expectations: readonly Expectation[],
  atOnce = AT_ONCE,
): Promise<Expectation | null> => {
  for (let from = 0; from < expectations.length; from += atOnce) {
    const batch = expectations.slice(from, from + atOnce);
    const results = await Promise.all(
      batch.map((expectation) => holds(expectation, as(expectation.person))),
    );
    const failed = batch[results.indexOf(false)];
    if (failed !== undefined) return failed;
  }
  return null;
};

const READS = [...GETS, ...LISTS];

/** The collection whose `match` block holds this line, if any. */
const collectionAt = (source: string, line: number): string | undefined => {
  const above = source.split('\n').slice(0, line).join('\n');
  return [...above.matchAll(/^ {4}match \/(\w+)/gm)].at(-1)?.[1];
};

/**
 * Runs what is most likely to notice first: writes if the mutant lets some through, else reads, and
 * of both those of the broken block's collection.
 */
const judge = async (rules: Rules, source: string, mutant: Mutant): Promise<Verdict> => {
  await loadRules(rules.environment.projectId, mutant.source);
  const suspect = collectionAt(source, mutant.line);
  const suspectFirst = (expectations: readonly Expectation[]) => [
    ...expectations.filter(({ collection }) => collection === suspect),
    ...expectations.filter(({ collection }) => collection !== suspect),
  ];
  const tryReads = () => firstFailure(rules, suspectFirst(READS));
  const tryWrites = async () => {
    // One at a time: the client waits longer and longer after refused writes that it sent together.
    const failed = await firstFailure(rules, suspectFirst(WRITE_ATTEMPTS), 1);
    // What got through has changed the documents that the next mutant is judged by.
    if (failed) await refill(rules);
    return failed;
  };
  const failed = mutant.letsWrite
    ? ((await tryWrites()) ?? (await tryReads()))
    : ((await tryReads()) ?? (await tryWrites()));
  return { mutant, noticedBy: failed?.title ?? null };
};

const isSame = (known: { before: string; after: string }, { before, after }: Mutant): boolean =>
  known.before === before && known.after === after;

/** Judges all but the equivalent ones; the unbroken rules must pass before and after. */
const judgeAll = async (source: string, mutants: readonly Mutant[]): Promise<Verdict[]> => {
  const rules = await openRules(PROJECT, source);
  const assertSound = async () => {
    const failed =
      (await firstFailure(rules, READS)) ?? (await firstFailure(rules, WRITE_ATTEMPTS, 1));
    if (failed) throw new Error(`The unbroken rules fail: ${failed.title}`);
  };
  await assertSound();
  const verdicts: Verdict[] = [];
  for (const mutant of mutants) {
    if (EQUIVALENT.some((known) => isSame(known, mutant))) continue;
    const verdict = await judge(rules, source, mutant);
    verdicts.push(verdict);
    if (process.argv.includes('--verbose')) {
      console.log(`${mutant.line}: ${mutant.before} → ${mutant.after}: ${verdict.noticedBy}`);
    }
  }
  await loadRules(PROJECT, source);
  await assertSound();
  return verdicts;
};

const main = async (): Promise<boolean> => {
  const started = Date.now();
  const source = readRules();
  const mutants = mutate(source);
  const verdicts = await judgeAll(source, mutants);
  const survivors = verdicts.filter(({ noticedBy }) => noticedBy === null);
  for (const { mutant } of survivors) {
    console.error(`survived: firestore.rules:${mutant.line}: ${mutant.before} → ${mutant.after}`);
  }
  const stale = EQUIVALENT.filter((known) => !mutants.some((mutant) => isSame(known, mutant)));
  for (const { before, after } of stale) {
    console.error(`no longer a mutant, remove it from EQUIVALENT: ${before} → ${after}`);
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(
    `Rules mutation: ${verdicts.length - survivors.length} of ${verdicts.length} mutants noticed, ` +
      `${EQUIVALENT.length} equivalent, in ${seconds} s.`,
  );
  return survivors.length === 0 && stale.length === 0;
};

process.exit((await main()) ? 0 : 1);
