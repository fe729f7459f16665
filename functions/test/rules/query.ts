import {
  and,
  collection,
  collectionGroup,
  type Firestore,
  or,
  type Query,
  query,
  where,
} from 'firebase/firestore';
import type { Filter } from '../../src/kernel/store/listener.ts';

/** The real query: a set of filters, or any of several. */
export const toQuery = (
  db: Firestore,
  name: string,
  anyOf: readonly (readonly Filter[])[],
  group = false,
): Query => {
  const source = group ? collectionGroup(db, name) : collection(db, name);
  const sets = anyOf.map((filters) =>
    filters.map(([field, operator, value]) => where(field, operator, value)),
  );
  const [only = [], ...others] = sets;
  return others.length === 0
    ? query(source, ...only)
    : query(source, or(...sets.map((set) => and(...set))));
};
