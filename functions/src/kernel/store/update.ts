import { randomUUID } from 'node:crypto';
import type { Runtime } from '../runtime.ts';
import { changeGathering, type GatheringChange } from './change.ts';
import type { DocKey, Reads, Write } from './document.ts';
import type { Store } from './store.ts';

/** A change that a sweep or a trigger makes, without a caller who waits for it. */
export interface Update<G> extends Pick<GatheringChange<true, false, G>, 'first' | 'gather'> {
  readonly keys: readonly DocKey<unknown>[];
  /** Pure; empty when there is nothing to do. The document that is changed comes first. */
  readonly decide: (situation: { readonly reads: Reads; readonly gathered: G }) => readonly Write[];
}

/**
 * Reads, decides and commits, on the condition that nothing that was read has changed; decides again
 * when it has. Resolves to whether anything was written.
 *
 * @throws as `change` does
 */
export const update = async <G>(
  store: Store,
  { groups }: Pick<Runtime, 'groups'>,
  { keys, decide, ...rest }: Update<G>,
): Promise<boolean> => {
  const outcome = await changeGathering<true, false, G>(store, groups, {
    ...rest,
    changeId: randomUUID(),
    read: (more) => store.load([...keys, ...more]),
    decide: (situation) => {
      const writes = decide(situation);
      return writes.length === 0
        ? { kind: 'stop', value: false }
        : { kind: 'write', plan: { writes, answer: true } };
    },
  });
  return 'answer' in outcome;
};
