import { type DeskName, served } from '../../src/api.ts';
import { inboxItems } from '../../src/kernel/notify/inbox.ts';
import { anyDocument } from '../../src/kernel/store/document.ts';
import type { Store } from '../../src/kernel/store/store.ts';
import type { TestApi } from './harness.ts';

/** What a change told whom, as `kind: names`, and what that cost beyond the change. */
export interface Told {
  readonly notices: readonly string[];
  readonly reads: number;
  readonly writes: number;
}

/** Delivers what a desk notifies of, for changes of one document at a time. `names` are by uid. */
export const teller = (api: TestApi, desk: DeskName, names: Readonly<Record<string, string>>) => {
  const { store: base } = api.runtime;
  const { triggers, notices } = served[desk];
  const rules = new Set(notices?.rules.map(({ name }) => name));
  const seen = new Set<string>();

  const read = async (path: string): Promise<unknown> => {
    const key = anyDocument(path);
    return (await base.get(key))?.data;
  };

  /** The new items in the inboxes of the named people. */
  const newItems = async (): Promise<string[]> => {
    const kinds = new Map<string, string[]>();
    for (const [uid, name] of Object.entries(names)) {
      const { queries } = inboxItems.of(uid);
      for (const { id, data } of await base.find({ anyOf: [queries.all.where({})], limit: 100 })) {
        if (seen.has(`${uid} ${id}`)) continue;
        seen.add(`${uid} ${id}`);
        kinds.set(data.kind, [...(kinds.get(data.kind) ?? []), name]);
      }
    }
    return [...kinds].map(([kind, people]) => `${kind}: ${people.join(', ')}`).toSorted();
  };

  /** Runs a change of the document at a path, which it may create and then returns. */
  return async (act: () => Promise<string>, at?: string): Promise<Told> => {
    const before = at === undefined ? undefined : await read(at);
    const path = await act();
    const after = await read(path);
    const counted = base.metered();
    const store: Store = { ...base, metered: () => ({ ...counted, metered: () => counted }) };
    const [collection, id = ''] = path.split('/');
    for (const { name, document, handle } of triggers) {
      if (!rules.has(name) || document !== `${collection}/{id}`) continue;
      await handle({ ...api.runtime, store }, { id, before, after });
    }
    return { notices: await newItems(), ...counted.meter };
  };
};
