import type { DocKey, Reads, Write } from '../../src/kernel/store/document.ts';
import { gettingBy, type Store } from '../../src/kernel/store/store.ts';

/** What a test does around a store's calls; each hook decides whether and when the call is made. */
export interface Hooks {
  readonly load?: (keys: readonly DocKey<unknown>[], go: () => Promise<Reads>) => Promise<Reads>;
  readonly commit?: (writes: readonly Write[], go: () => Promise<void>) => Promise<void>;
}

/** The same store, with a test's hooks around its calls. */
export const hookedStore = (store: Store, hooks: Hooks): Store => {
  const load: Store['load'] = (keys, onto) => {
    const go = () => store.load(keys, onto);
    return hooks.load === undefined ? go() : hooks.load(keys, go);
  };
  return {
    ...store,
    load,
    get: gettingBy(load),
    commit: (writes) => {
      const go = () => store.commit(writes);
      return hooks.commit === undefined ? go() : hooks.commit(writes, go);
    },
    metered: () => hookedStore(store.metered(), hooks),
  };
};

/** An error as the Firestore SDK throws it. */
export class StoreError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** A promise and the function that resolves it. */
export const createGate = () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { open: () => resolve(), opened: promise };
};

/**
 * Two writers of one document wait here before their first commit until both have arrived, so that
 * both have decided on the same version. Then they commit in the order of their numbers.
 */
export const createLineUp = () => {
  const commits = new Map<number, () => Promise<void>>();
  const complete = createGate();
  const stand = (order: number, commit: () => Promise<void>): void => {
    if (!commits.has(order)) commits.set(order, commit);
    if (commits.size === 2) complete.open();
  };
  return {
    /** The commit hook of one writer; later attempts pass without waiting. */
    hook:
      (order: number) =>
      (_writes: readonly Write[], go: () => Promise<void>): Promise<void> => {
        if (commits.has(order)) return go();
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        stand(order, () => go().then(resolve, reject));
        return promise;
      },
    /** Says that a writer has ended without a commit, so that the other one does not wait. */
    leave: (order: number) => stand(order, async () => {}),
    /** Lets both commit, the second one after the first one has ended. */
    release: async () => {
      await complete.opened;
      await commits.get(0)?.();
      await commits.get(1)?.();
    },
  };
};
