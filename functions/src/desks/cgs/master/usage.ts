import type { Problem } from '../../../kernel/problem.ts';
import { unread } from '../../../kernel/store/page.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { cgs } from '../desk.ts';
import { fieldOf, type Usage } from './resource.ts';

const MOST_LISTED = 20;

const usersOf = async (store: Store, id: string, usage: Usage) => {
  const { by, of, label } = usage;
  const found = await store.find({ ...unread({ anyOf: [of(id)] }), limit: MOST_LISTED });
  const listed = found.map((each) => ({
    id: each.id,
    [label]: fieldOf(Object(each.data), label) ?? null,
  }));
  return listed.length === 0 ? [] : [[by, listed] as const];
};

/** 409 that names what uses a record, the first 20 of each kind; undefined where nothing does. */
export const inUse = async (
  store: Store,
  id: string,
  usedBy: readonly Usage[],
): Promise<Problem | undefined> => {
  const found = await Promise.all(usedBy.map((usage) => usersOf(store, id, usage)));
  const listed = found.flat();
  return listed.length === 0 ? undefined : cgs.refuse('master/in-use', Object.fromEntries(listed));
};
