/**
 * Makes every mutant of firestore.rules that `mutate` knows, loads one after the other into the
 * emulator, and fails unless an expectation of the rules suite fails for each of them.
 * Needs FIRESTORE_EMULATOR_HOST.
 */
import { DESKS } from '../functions/test/rules/desks.ts';
import {
  loadRules,
  openRules,
  type Rules,
  readRules,
  refill,
} from '../functions/test/rules/environment.ts';
import { type Expectation, holds } from '../functions/test/rules/expectation.ts';
import { type Mutant, mutate } from '../functions/test/rules/mutants.ts';
import { blocksOf, lineAt, sectionsOf } from '../functions/test/rules/rules-source.ts';

const PROJECT = 'demo-crewline-rules-mutation';
/** The first batch is small: expectations that noticed other mutants often notice the next one. */
const FIRST_BATCH = 16;
const AT_ONCE = 60;

/** Mutants that no expectation can notice, because they allow exactly the same. */
const EQUIVALENT: readonly { before: string; after: string; because: string }[] = [
  {
    before: 'request.auth != null',
    after: 'true',
    because: 'without a sign-in request.auth.uid fails in the next operand, which refuses as well',
  },
  {
    before: 'request.time < grant().sessions[request.auth.token.sid]',
    after: '… <= …',
    because: 'no test can send a request in the very microsecond in which a session ends',
  },
];

/** The first of `expectations` that fails, or null. */
const firstFailure = async (
  { as }: Rules,
  expectations: readonly Expectation[],
  atOnce = AT_ONCE,
): Promise<Expectation | null> => {
  let size = Math.min(FIRST_BATCH, atOnce);
  for (let from = 0; from < expectations.length; from += size) {
    if (from > 0) size = atOnce;
    const batch = expectations.slice(from, from + size);
    const results = await Promise.all(
      batch.map((expectation) => holds(expectation, as(expectation.person))),
    );
    const failed = batch[results.indexOf(false)];
    if (failed !== undefined) return failed;
  }
  return null;
};

/** In a fixed but mixed order, because neighbours in a table notice the same mutants. */
const mixed = (expectations: readonly Expectation[]): readonly Expectation[] =>
  expectations
    .map((expectation, index) => ({ expectation, at: (index * 7919) % expectations.length }))
    .sort((one, other) => one.at - other.at)
    .map(({ expectation }) => expectation);

/** What a mutant of a section is checked against. */
type Jury = { readonly reads: readonly Expectation[]; readonly writes: readonly Expectation[] };

const juryOf = (desks: typeof DESKS): Jury => ({
  reads: mixed(desks.flatMap(({ gets, lists }) => [...gets, ...lists])),
  writes: desks.flatMap(({ writes }) => writes),
});

/** A desk's section of the rules concerns only its own collections. */
const JURIES = new Map(DESKS.map((desk) => [desk.name, juryOf([desk])] as const));

/** A line's section, and the collection of its `match` block if it is in one. */
const placeOf = (source: string, line: number): { section: string; collection?: string } => {
  const sections = sectionsOf(source).filter(({ start }) => lineAt(source, start) <= line);
  const { name: section = 'everyone', text = '', start = 0 } = sections.at(-1) ?? {};
  const block = blocksOf(text).find(({ text: body }) => {
    const first = lineAt(source, start + text.indexOf(body));
    return first <= line && line < first + body.split('\n').length;
  });
  return block === undefined ? { section } : { section, collection: block.collection };
};

/** The expectations that noticed mutants of a section; they often notice the next one. */
const noticed = new Map<string, ReadonlySet<Expectation>>();

/**
 * Checks a mutant against its desk's expectations, or against all desks' where it is in no desk's
 * section. Writes come first if the mutant allows some, otherwise reads; of both, first those of the
 * broken block's collection and those that noticed other mutants.
 */
const isNoticed = async (
  rules: Rules,
  source: string,
  mutant: Mutant,
  everyone: Jury,
): Promise<boolean> => {
  await loadRules(rules.environment.projectId, mutant.source);
  const { section, collection } = placeOf(source, mutant.line);
  const { reads, writes } = JURIES.get(section) ?? everyone;
  const before = noticed.get(section) ?? new Set();
  const suspicion = (each: Expectation): number =>
    (each.collection === collection ? 2 : 0) + (before.has(each) ? 1 : 0);
  const suspectFirst = (expectations: readonly Expectation[]): readonly Expectation[] => {
    const bySuspicion = Map.groupBy(expectations, suspicion);
    return [3, 2, 1, 0].flatMap((degree) => bySuspicion.get(degree) ?? []);
  };
  const tryReads = () => firstFailure(rules, suspectFirst(reads));
  const tryWrites = async () => {
    // One at a time: the client backs off after several refused writes.
    const failed = await firstFailure(rules, suspectFirst(writes), 1);
    // A write that was allowed has changed the documents that the next mutant needs.
    if (failed) await refill(rules);
    return failed;
  };
  const failed = mutant.letsWrite
    ? ((await tryWrites()) ?? (await tryReads()))
    : ((await tryReads()) ?? (await tryWrites()));
  if (failed) noticed.set(section, new Set([failed, ...before]));
  return failed !== null;
};

const isSame = (known: { before: string; after: string }, { before, after }: Mutant): boolean =>
  known.before === before && known.after === after;

/**
 * The survivors among the mutants of some sections, judged one after the other in their own project.
 *
 * @param jury of all desks of these sections; it also judges the section that desks share
 */
const judgeSections = async (
  name: string,
  source: string,
  mutants: readonly Mutant[],
  jury: Jury,
): Promise<readonly Mutant[]> => {
  const rules = await openRules(`${PROJECT}-${name}`, source);
  const survivors: Mutant[] = [];
  for (const mutant of mutants) {
    if (!(await isNoticed(rules, source, mutant, jury))) survivors.push(mutant);
  }
  // An expectation that fails on the original rules would have noticed every mutant.
  await loadRules(rules.environment.projectId, source);
  const failed = await firstFailure(rules, jury.reads);
  if (failed) throw new Error(`The unbroken rules fail: ${failed.title}`);
  return survivors;
};

/**
 * The survivors among all mutants: those of the largest desk are judged while those of all other
 * desks are. Split by sections, because each person's client is a connection and the emulator takes 200.
 */
const judgeAll = async (source: string, mutants: readonly Mutant[]): Promise<Mutant[]> => {
  const [largest, ...others] = DESKS;
  if (largest === undefined) throw new Error('There is no desk');
  const { largest: ofLargest = [], others: ofOthers = [] } = Object.groupBy(mutants, ({ line }) =>
    placeOf(source, line).section === largest.name ? 'largest' : 'others',
  );
  const survivors = await Promise.all([
    judgeSections('largest', source, ofLargest, juryOf([largest])),
    judgeSections('others', source, ofOthers, juryOf(others)),
  ]);
  return survivors.flat();
};

const main = async (): Promise<boolean> => {
  const started = Date.now();
  const source = readRules();
  const mutants = mutate(source);
  const judged = mutants.filter((mutant) => !EQUIVALENT.some((known) => isSame(known, mutant)));
  const survivors = await judgeAll(source, judged);
  for (const { line, before, after } of survivors) {
    console.error(`survived: firestore.rules:${line}: ${before} → ${after}`);
  }
  const stale = EQUIVALENT.filter((known) => !mutants.some((mutant) => isSame(known, mutant)));
  for (const { before, after } of stale) {
    console.error(`no longer a mutant, remove it from EQUIVALENT: ${before} → ${after}`);
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(
    `Rules mutation: ${judged.length - survivors.length} of ${judged.length} mutants noticed, ` +
      `${EQUIVALENT.length} equivalent, in ${seconds} s.`,
  );
  return survivors.length === 0 && stale.length === 0;
};

process.exit((await main()) ? 0 : 1);
