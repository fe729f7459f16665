import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { refuseFor } from '../problem.ts';
import { anyDocument, type DocKey, type Reads, stamp, type Write } from './document.ts';
import type { Counter, GroupCommit } from './group-commit.ts';
import type { Store } from './store.ts';

/** The whole write of a change and what its author is told once it is committed. */
export interface Plan<A> {
  /** Not empty; the first is the change's subject, by which its author knows it again. */
  readonly writes: readonly Write[];
  readonly answer: A;
}

/**
 * What a decision comes to: stop without writing, one atomic commit, or one atomic commit that
 * takes the next number of a counter. Decisions are pure: they may run again on fresher data.
 */
export type Step<A, S> =
  | { readonly kind: 'stop'; readonly value: S }
  | { readonly kind: 'write'; readonly plan: Plan<A> }
  | { readonly kind: 'number'; readonly counter: Counter; readonly plan: (n: number) => Plan<A> };

export interface Changing<A, S> {
  /** Unique for this change; the same over all its attempts. */
  readonly changeId: string;
  /** Fetches the documents that the decision depends on, and some more. */
  readonly read: (more: readonly DocKey<unknown>[]) => Promise<Reads>;
  /** What was read already, for the first attempt. */
  readonly first?: Reads;
  readonly decide: (reads: Reads) => Step<A, S>;
}

const ATTEMPTS = 12;
const LONGEST_WAIT_MS = 250;
/** Commits whose answer never came, each after seconds of waiting, before the caller is told. */
export const MOST_LOST = 3;

const grpcError = z.object({ code: z.number().int() });

// Firestore's status codes: what a commit may fail with for a reason of the moment.
const CONFLICT = new Set([5, 6, 9, 10]); // NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED
const UNKNOWN = new Set([1, 2, 4, 8, 13, 14]); // CANCELLED … UNAVAILABLE: it may have been applied

/** Whether a failed commit lost a race, has an unknown outcome, or can never succeed. */
export const outcomeOf = (error: unknown): 'conflict' | 'unknown' | 'permanent' => {
  const parsed = grpcError.safeParse(error);
  if (!parsed.success) return 'permanent';
  if (CONFLICT.has(parsed.data.code)) return 'conflict';
  return UNKNOWN.has(parsed.data.code) ? 'unknown' : 'permanent';
};

/** A short random wait that grows with the attempt, so that racers spread out. */
export const backOff = (attempt: number): Promise<void> =>
  sleep(Math.random() * Math.min(LONGEST_WAIT_MS, 2 ** attempt));

/** Whether the subject of a plan shows that it was committed by this change. */
const isCommitted = (plan: Plan<unknown>, reads: Reads, changeId: string): boolean => {
  const [subject] = plan.writes;
  if (subject === undefined) return false;
  const seen = reads.get(anyDocument(subject.path));
  return subject.op === 'delete' ? seen === undefined : seen?.changeIds.includes(changeId) === true;
};

/**
 * Optimistic compare-and-set: decide on what was read, commit on the condition that it has not
 * moved, and decide anew when it has. An attempt whose answer was lost is settled by reading
 * again: the author finds its change id in the subject.
 *
 * @returns the plan's answer, or what the decision stopped with.
 * @throws Problem `store/busy` (503) when the bounded attempts are used up, `store/unavailable`
 * (503) when the store does not answer.
 */
export const change = async <A, S>(
  store: Store,
  groups: GroupCommit,
  { changeId, read, first, decide }: Changing<A, S>,
): Promise<{ answer: A } | { stopped: S }> => {
  let reads = first ?? (await read([]));
  let lost = 0;
  for (let attempt = 0; attempt < ATTEMPTS && lost < MOST_LOST; attempt += 1) {
    const step = decide(reads);
    if (step.kind === 'stop') return { stopped: step.value };
    let plan = step.kind === 'write' ? step.plan : step.plan(1);
    try {
      if (step.kind === 'write') {
        await store.commit(stamp(changeId, plan.writes));
      } else {
        const build = (n: number) => {
          plan = step.plan(n);
          return stamp(changeId, plan.writes);
        };
        await groups.join(store, step.counter, { changeId, build });
      }
      return { answer: plan.answer };
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome === 'permanent') throw error;
      if (outcome === 'unknown') lost += 1;
    }
    await backOff(attempt);
    reads = await read(plan.writes.slice(0, 1).map(({ path }) => anyDocument(path)));
    if (isCommitted(plan, reads, changeId)) return { answer: plan.answer };
  }
  throw lost < MOST_LOST ? refuseFor('store/busy', 1) : refuseFor('store/unavailable', 5);
};
