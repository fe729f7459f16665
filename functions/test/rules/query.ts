import {
  and,
  collection,
  collectionGroup,
  type Firestore,
  limit,
  or,
  orderBy,
  type Query,
  query,
  where,
} from 'firebase/firestore';
import {
  collectionFor,
  type Filter,
  type Listener,
  type Me,
} from '../../src/kernel/store/listener.ts';

/** What a query asks: any of several sets of filters, of one collection or of all of its name. */
export type Question = Pick<Listener, 'collection' | 'latest'> & {
  readonly anyOf: readonly (readonly Filter[])[];
  readonly group?: boolean | undefined;
};

/** What a listener asks for a person with these values. */
export const questionOf = ({ where, latest, ...listener }: Listener, me: Me): Question => ({
  collection: collectionFor(listener, me),
  anyOf: [where(me)],
  ...(latest && { latest }),
});

/** The real query: a set of filters, or any of several. */
export const toQuery = (
  db: Firestore,
  { collection: name, anyOf, group, latest }: Question,
): Query => {
  const source = group ? collectionGroup(db, name) : collection(db, name);
  const cut = latest ? [orderBy(latest.by, 'desc'), limit(latest.limit)] : [];
  const sets = anyOf.map((filters) =>
    filters.map(([field, operator, value]) => where(field, operator, value)),
  );
  const [only = [], ...others] = sets;
  return others.length === 0
    ? query(source, ...only, ...cut)
    : query(source, or(...sets.map((set) => and(...set))), ...cut);
};
