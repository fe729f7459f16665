import { outcomeOf } from '../../functions/src/kernel/store/outcome.ts';
import {
  anyDocument,
  type Reads,
  stamp,
  type Write,
} from '../../functions/src/kernel/store/document.ts';
import type { Store } from '../../functions/src/kernel/store/store.ts';

const ATTEMPTS = 5;

/**
 * Decides on what is there and commits all of it at once; again when someone else was faster.
 * No writes: nothing happens.
 */
export const commitDecided = async (
  store: Store,
  paths: readonly string[],
  decide: (reads: Reads) => readonly Write[],
): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    const writes = decide(await store.load(paths.map(anyDocument)));
    if (writes.length === 0) return;
    try {
      await store.commit(stamp('demo-data', writes));
      return;
    } catch (error) {
      if (outcomeOf(error) === 'permanent' || attempt === ATTEMPTS) throw error;
    }
  }
};

/** Creates those documents that are not there, all in one commit. */
export const createMissing = (store: Store, writes: readonly Write[]): Promise<void> =>
  commitDecided(
    store,
    writes.map(({ path }) => path),
    (reads) => writes.filter(({ path }) => reads.get(anyDocument(path)) === undefined),
  );
