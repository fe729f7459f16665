import { randomUUID } from 'node:crypto';
import type { Runtime } from '../runtime.ts';
import { changeGathering, type GatheringChange } from './change.ts';
import type { DocKey, Reads, Write } from './document.ts';
import type { Counter } from './group-commit.ts';
import type { Store } from './store.ts';

/** Writes of documents that take the next numbers of a counter, `n` being the first of `size`. */
export interface NumberedWrites {
  readonly counter: Counter;
  readonly size: number;
  readonly writes: (n: number) => readonly Write[];
}

/** A change without an answer, such as a sweep or a trigger makes. */
interface GatheringUpdate<G> extends Pick<GatheringChange<true, false, G>, 'first' | 'gather'> {
  readonly keys: readonly DocKey<unknown>[];
  /** Pure; empty when there is nothing to do. The document that is changed comes first. */
  readonly decide: (situation: {
    readonly reads: Reads;
    readonly gathered: G;
  }) => readonly Write[] | NumberedWrites;
}

/** The same for a decision that depends only on `keys`. */
type Update = Omit<GatheringUpdate<undefined>, 'gather'>;

/**
 * Reads, decides and commits, on the condition that nothing that was read has changed; decides again
 * when it has. Resolves to whether anything was written.
 *
 * @throws as `change` does
 */
export const updateGathering = async <G>(
  store: Store,
  { groups }: Pick<Runtime, 'groups'>,
  { keys, decide, ...rest }: GatheringUpdate<G>,
): Promise<boolean> => {
  const outcome = await changeGathering<true, false, G>(store, groups, {
    ...rest,
    changeId: randomUUID(),
    read: (more) => store.load([...keys, ...more]),
    decide: (situation) => {
      const decided = decide(situation);
      if ('counter' in decided) {
        const { counter, size, writes } = decided;
        const plan = (n: number) => ({ writes: writes(n), answer: true as const });
        return { kind: 'number', counter, size, plan };
      }
      return decided.length === 0
        ? { kind: 'stop', value: false }
        : { kind: 'write', plan: { writes: decided, answer: true } };
    },
  });
  return 'answer' in outcome;
};

/** The same for a decision that depends only on `keys`. */
export const update = (
  store: Store,
  runtime: Pick<Runtime, 'groups'>,
  spec: Update,
): Promise<boolean> => updateGathering(store, runtime, { ...spec, gather: async () => undefined });
