import { isDeepStrictEqual } from 'node:util';
import {
  FieldPath,
  type Firestore,
  type QueryDocumentSnapshot,
  type Timestamp,
  type Transaction,
} from 'firebase-admin/firestore';
import {
  type Counted,
  shares,
  occurrences,
} from '../../functions/src/desks/cgs/figures/collections.ts';
import { addTo, type Share, shift } from '../../functions/src/desks/cgs/figures/figures.ts';
import {
  isRepeat,
  moves,
  type Place,
  placesOf,
  setRepeat,
} from '../../functions/src/desks/cgs/figures/places.ts';
import { repeatsAmong, type Occurrences } from '../../functions/src/desks/cgs/figures/repeats.ts';
import {
  type DocKey,
  type Loaded,
  toPlain,
  type Write,
} from '../../functions/src/kernel/store/document.ts';
import { readDoc } from '../check-data/check.ts';
import { SUMS } from '../check-data/cgs/sums.ts';

const PAGE = 500;

interface StoredSum {
  /** Undefined when the document is invalid. */
  readonly counters: Share | undefined;
  readonly version: Timestamp;
}

/** What the shares of a sum add up to, and the sum's other fields. */
interface Total extends Omit<Place, 'path' | 'share'> {
  readonly counters: Record<string, number>;
}

/** Sums, shares and occurrences as they were at one moment; the sums by path, the others by id. */
interface Figures {
  readonly sums: ReadonlyMap<string, StoredSum>;
  readonly totals: ReadonlyMap<string, Total>;
  readonly shares: ReadonlyMap<string, Loaded<Counted>>;
  readonly occurrences: ReadonlyMap<string, Loaded<{ readonly tickets: Occurrences }>>;
}

const totalsOf = (counted: Iterable<Loaded<Counted>>): Map<string, Total> => {
  const totals = new Map<string, Total>();
  for (const { data: each } of counted) {
    for (const { path, data, share } of placesOf(each)) {
      const total = totals.get(path) ?? { data, counters: {} };
      totals.set(path, total);
      addTo(total.counters, share);
    }
  }
  return totals;
};

/** All documents of a collection, a page at a time. */
const allOf = async function* (db: Firestore, transaction: Transaction, name: string) {
  for (let last: string | undefined; ; ) {
    const query = db.collection(name).orderBy(FieldPath.documentId()).limit(PAGE);
    const { docs } = await transaction.get(last === undefined ? query : query.startAfter(last));
    yield* docs;
    last = docs.at(-1)?.id;
    if (docs.length < PAGE) return;
  }
};

/** The valid documents of a collection, by id. */
const loadedOf = async <T>(
  docs: AsyncIterable<QueryDocumentSnapshot>,
  keyOf: (id: string) => DocKey<T>,
): Promise<Map<string, Loaded<T>>> => {
  const found = new Map<string, Loaded<T>>();
  for await (const doc of docs) {
    const { id, updateTime: version } = doc;
    const key = keyOf(id);
    const read = readDoc(key, toPlain(doc.data()));
    if ('data' in read) found.set(id, { key, id, data: read.data, version, changeIds: [] });
  }
  return found;
};

/**
 * Reads sums, shares and occurrences of one moment, in a read-only transaction. A share, its sums and
 * its occurrence change in one commit, so the difference between a sum and its shares is the same at
 * any moment, and adding it corrects the sum even after other tickets have moved it.
 */
export const readFigures = (db: Firestore): Promise<Figures> =>
  db.runTransaction(
    async (transaction) => {
      const sums = new Map<string, StoredSum>();
      for (const { name, countersOf } of SUMS) {
        for await (const doc of allOf(db, transaction, name)) {
          const counters = countersOf({ id: doc.id, data: toPlain(doc.data()) });
          sums.set(doc.ref.path, { counters, version: doc.updateTime });
        }
      }
      const counted = await loadedOf(allOf(db, transaction, shares.name), shares.doc);
      return {
        sums,
        totals: totalsOf(counted.values()),
        shares: counted,
        occurrences: await loadedOf(allOf(db, transaction, occurrences.name), occurrences.doc),
      };
    },
    { readOnly: true },
  );

/** The occurrences of each client, as the shares name them. */
const occurrencesIn = (counted: Figures['shares']): ReadonlyMap<string, Occurrences> => {
  const byClient = new Map<string, Record<string, Date>>();
  for (const [id, { data }] of counted) {
    if (data.occurrence === null) continue;
    const its = byClient.get(data.occurrence.client) ?? {};
    byClient.set(data.occurrence.client, its);
    its[id] = data.occurrence.at;
  }
  return byClient;
};

/** The writes that make the occurrences those of the shares, each for itself. */
export const occurrenceCorrections = ({
  shares: counted,
  occurrences: stored,
}: Figures): Write[][] => {
  const right = occurrencesIn(counted);
  const clients = new Set([...right.keys(), ...stored.keys()]);
  return [...clients].flatMap((client) => {
    const [seen, wanted] = [stored.get(client), right.get(client)];
    if (isDeepStrictEqual(seen?.data.tickets, wanted)) return [];
    if (seen === undefined) return [[occurrences.create(client, { tickets: wanted ?? {} })]];
    return [
      [
        wanted === undefined
          ? occurrences.remove(seen)
          : occurrences.update(seen, { tickets: wanted }),
      ],
    ];
  });
};

/** The writes that count each ticket as a repeat or not, as the occurrences are: a commit for each. */
export const repeatCorrections = ({ shares: counted }: Figures): Write[][] => {
  const repeats = new Set(
    [...occurrencesIn(counted).values()].flatMap((occurred) => [...repeatsAmong(occurred)]),
  );
  return [...counted].flatMap(([id, seen]) => {
    if (isRepeat(seen.data) === repeats.has(id)) return [];
    const next = setRepeat(seen.data, repeats.has(id));
    return [[shares.update(seen, next), ...moves(seen.data, next)]];
  });
};

/**
 * The writes that make each sum the total of its shares, each for itself. A sum without shares is
 * removed, and an invalid one, which is made anew in the next round.
 */
export const sumCorrections = ({ sums, totals }: Figures): Write[][] => {
  const removed = [...sums].flatMap(([path, { counters, version }]): Write[] =>
    counters === undefined || !totals.has(path) ? [{ op: 'delete', path, version }] : [],
  );
  const counted = [...totals].flatMap(([path, { data, counters }]): Write[] => {
    const stored = sums.get(path) ?? { counters: {} };
    const by = stored.counters === undefined ? {} : shift(stored.counters, counters);
    return Object.keys(by).length === 0 ? [] : [{ op: 'count', path, data, into: 'counters', by }];
  });
  return [...removed, ...counted].map((write) => [write]);
};
