import { anyDocument } from '../store/document.ts';
import { fieldOf } from '../store/page.ts';
import type { Store } from '../store/store.ts';
import type { Stored, Usage } from './declaration.ts';
import type { KindOf } from './plan-record.ts';

const MOST_LISTED = 20;

const usersIn = async <D extends Stored>(store: Store, { where, listed }: Usage<D>, record: D) => {
  const { shape, equal } = where(record);
  // Not parsed: an invalid document uses the record as well.
  const doc = (id: string) => anyDocument(`${shape.collection}/${id}`);
  const limit = listed === undefined ? 1 : MOST_LISTED;
  const found = await store.find({ anyOf: [{ shape, equal, doc }], limit });
  const { by, label } = listed ?? { by: shape.collection, label: 'id' };
  const rows = found.map(({ id, data }) => ({ id, [label]: fieldOf(data, label) ?? null }));
  return rows.length === 0 ? [] : [[by, rows] as const];
};

/** The documents that use a record, by kind; undefined if nothing uses it. */
export const usersOf = async <D extends Stored>(
  store: Store,
  { usedBy = [] }: KindOf<D>,
  record: D,
): Promise<object | undefined> => {
  const found = await Promise.all(usedBy.map((usage) => usersIn(store, usage, record)));
  const listed = found.flat();
  return listed.length === 0 ? undefined : Object.fromEntries(listed);
};
