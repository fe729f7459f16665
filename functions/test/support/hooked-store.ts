import type { DocKey, Reads, Write } from '../../src/kernel/store/document.ts';
import type { Store } from '../../src/kernel/store/store.ts';

/** What a test does around the calls of a store; each hook decides whether and when to go on. */
export interface Hooks {
  readonly load?: (keys: readonly DocKey<unknown>[], go: () => Promise<Reads>) => Promise<Reads>;
  readonly commit?: (writes: readonly Write[], go: () => Promise<void>) => Promise<void>;
}

/** The same store over the same emulator, with a test's hooks around its calls. */
export const hookedStore = (store: Store, hooks: Hooks): Store => ({
  ...store,
  load: (keys, onto) => {
    const go = () => store.load(keys, onto);
    return hooks.load === undefined ? go() : hooks.load(keys, go);
  },
  commit: (writes) => {
    const go = () => store.commit(writes);
    return hooks.commit === undefined ? go() : hooks.commit(writes, go);
  },
  metered: () => hookedStore(store.metered(), hooks),
});

/** An error as the Firestore SDK throws it. */
export class StoreError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Opens once for everybody who waits. */
export const createGate = () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { open: () => resolve(), opened: promise };
};

/**
 * Two who write to one document stand here before their first commit, until both have come: so
 * both have decided on the same version of it. Then they commit in the order of their numbers.
 */
export const createLineUp = () => {
  const commits = new Map<number, () => Promise<void>>();
  const complete = createGate();
  const stand = (order: number, commit: () => Promise<void>): void => {
    if (!commits.has(order)) commits.set(order, commit);
    if (commits.size === 2) complete.open();
  };
  return {
    /** The commit hook of one of them; later attempts go straight through. */
    hook:
      (order: number) =>
      (_writes: readonly Write[], go: () => Promise<void>): Promise<void> => {
        if (commits.has(order)) return go();
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        stand(order, () => go().then(resolve, reject));
        return promise;
      },
    /** Nobody waits for one who has ended without a commit. */
    leave: (order: number) => stand(order, async () => {}),
    /** Lets both commit, the second one after the first has ended. */
    release: async () => {
      await complete.opened;
      await commits.get(0)?.();
      await commits.get(1)?.();
    },
  };
};
