import { refuseFor } from '../problem.ts';
import type { DocKey, Reads, Write } from './document.ts';
import type { Counter, GroupCommit } from './group-commit.ts';
import { backOff, MOST_LOST, outcomeOf, startPatience } from './outcome.ts';
import { stamp, subjectOf } from './stamp.ts';
import type { Store } from './store.ts';

/** The whole write of a change, and what the change returns once it is committed. */
export interface Plan<A> {
  /** Not empty, but for a change that has nothing to do beside storing its response. */
  readonly writes: readonly Write[];
  readonly answer: A;
}

/**
 * What a decision comes to: stop without writing, one atomic commit, or one atomic commit that
 * takes the next numbers of a counter. Decisions are pure: they may run again on fresher data.
 */
export type Step<A, S> =
  | { readonly kind: 'stop'; readonly value: S }
  | { readonly kind: 'write'; readonly plan: Plan<A> }
  | {
      readonly kind: 'number';
      readonly counter: Counter;
      /** How many numbers it takes; one by default. */
      readonly size?: number;
      /** `n` is the first of them. */
      readonly plan: (n: number) => Plan<A>;
    };

/** The same step, whose commit writes more; what, may depend on the plan. */
export const alsoWriting = <A, S>(
  step: Step<A, S>,
  more: (plan: Plan<A>) => readonly Write[],
): Step<A, S> => {
  const extended = (plan: Plan<A>): Plan<A> => ({
    ...plan,
    writes: [...plan.writes, ...more(plan)],
  });
  switch (step.kind) {
    case 'stop':
      return step;
    case 'write':
      return { ...step, plan: extended(step.plan) };
    case 'number':
      return { ...step, plan: (n) => extended(step.plan(n)) };
  }
};

/** Fetches what a decision needs besides the loaded documents; runs again at each attempt. */
export type Gather<G> = (reads: Reads) => Promise<G>;

/** A change whose decision depends on more than the documents that are known beforehand. */
export interface GatheringChange<A, S, G> {
  /** Unique for this change; the same over all its attempts. */
  readonly changeId: string;
  /** The uid of the person who asks for it; null for the clock and the like. */
  readonly by?: string | null;
  /** Fetches the documents that the decision depends on, and some more. */
  readonly read: (more: readonly DocKey<unknown>[]) => Promise<Reads>;
  /** What was read already, for the first attempt. */
  readonly first?: Reads;
  readonly gather: Gather<G>;
  readonly decide: (situation: { readonly reads: Reads; readonly gathered: G }) => Step<A, S>;
}

/** A change of documents that are known beforehand. */
export type Change<A, S> = Omit<GatheringChange<A, S, undefined>, 'gather'>;

export type Outcome<A, S> = { readonly answer: A } | { readonly stopped: S };

/** An attempt that was sent: its plan, the number that it took, and the error that came back. */
interface Attempt<A> {
  readonly plan: Plan<A>;
  readonly number?: number | undefined;
  readonly error?: unknown;
}

/** Sends the writes of a step. `tried` is the number of the attempt before, if it took one. */
const send = async <A>(
  store: Store,
  groups: GroupCommit,
  { changeId, by }: Pick<Change<A, unknown>, 'changeId' | 'by'>,
  step: Exclude<Step<A, unknown>, { kind: 'stop' }>,
  tried: number | undefined,
): Promise<Attempt<A>> => {
  if (step.kind === 'number') {
    const { size = 1 } = step;
    const build = (n: number) => stamp(changeId, step.plan(n).writes, by);
    const member = { changeId, size, build, tried };
    const { number, error } = await groups.join(store, step.counter, member);
    return { plan: step.plan(number ?? 1), number, error };
  }
  try {
    await store.commit(stamp(changeId, step.plan.writes, by));
    return { plan: step.plan };
  } catch (error) {
    return { plan: step.plan, error };
  }
};

/**
 * Optimistic compare-and-set: decide on what was read, commit on the condition that it has not
 * moved, and decide anew when it has. An attempt whose answer was lost is resolved by reading
 * again: the author finds its change id in the subject.
 *
 * @returns the plan's answer, or what the decision stopped with.
 * @throws Problem `store/busy` (503) when the bounded attempts are used up, `store/unavailable`
 * (503) when the store does not answer.
 */
export const changeGathering = async <A, S, G>(
  store: Store,
  groups: GroupCommit,
  { changeId, by = null, read, first, gather, decide }: GatheringChange<A, S, G>,
): Promise<Outcome<A, S>> => {
  const patience = startPatience();
  let reads = first ?? (await read([]));
  let lost = 0;
  let tried: number | undefined;
  for (let attempt = 0; lost < MOST_LOST && !patience.isOver(); attempt += 1) {
    const step = decide({ reads, gathered: await gather(reads) });
    if (step.kind === 'stop') return { stopped: step.value };
    const { plan, number, error } = await send(store, groups, { changeId, by }, step, tried);
    if (error === undefined) return { answer: plan.answer };
    const outcome = outcomeOf(error);
    if (outcome === 'permanent') throw error;
    if (outcome === 'unknown') lost += 1;
    tried = number;
    await backOff(attempt);
    const subject = subjectOf(changeId, plan.writes);
    reads = await read([subject]);
    if (reads.get(subject)?.changeIds.includes(changeId)) return { answer: plan.answer };
  }
  throw lost < MOST_LOST ? refuseFor('store/busy', 1) : refuseFor('store/unavailable', 5);
};

/** The same for a decision that depends only on the loaded documents. */
export const change = <A, S>(
  store: Store,
  groups: GroupCommit,
  spec: Change<A, S>,
): Promise<Outcome<A, S>> =>
  changeGathering(store, groups, { ...spec, gather: async () => undefined });
