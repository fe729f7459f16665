import { FieldPath, type Firestore, type Timestamp } from 'firebase-admin/firestore';
import { figuresId, type Share, sum } from '../../functions/src/desks/cgs/figures/figures.ts';
import { figures, shares } from '../../functions/src/desks/cgs/figures/follow-tickets.ts';
import { toPlain, type Write } from '../../functions/src/kernel/store/document.ts';
import { readDoc } from '../check-data/check.ts';
import { correction } from '../check-data/cgs/figures.ts';

const PAGE = 500;

interface StoredSum {
  /** Undefined when the document is invalid. */
  readonly counters: Share | undefined;
  readonly version: Timestamp;
}

/** Sums and shares as they were at one moment. */
interface Figures {
  readonly sums: ReadonlyMap<string, StoredSum>;
  /** What the shares of each sum add up to. */
  readonly totals: ReadonlyMap<string, Share>;
  /** The tickets that have a share. */
  readonly shares: readonly string[];
}

/**
 * Reads sums and shares of one moment, in a read-only transaction. A share and its sum change in one
 * commit, so the difference between a sum and its shares is the same at any moment, and adding it
 * corrects the sum even after other tickets have moved it.
 */
export const readFigures = (db: Firestore): Promise<Figures> =>
  db.runTransaction(
    async (transaction) => {
      const all = async function* (name: string) {
        for (let last: string | undefined; ; ) {
          const query = db.collection(name).orderBy(FieldPath.documentId()).limit(PAGE);
          const { docs } = await transaction.get(
            last === undefined ? query : query.startAfter(last),
          );
          yield* docs;
          last = docs.at(-1)?.id;
          if (docs.length < PAGE) return;
        }
      };
      const sums = new Map<string, StoredSum>();
      for await (const doc of all(figures.name)) {
        const read = readDoc(figures.doc(doc.id), toPlain(doc.data()));
        const isValid = 'data' in read && figuresId(read.data.month, read.data.region) === doc.id;
        const counters = isValid ? read.data.counters : undefined;
        sums.set(doc.id, { counters, version: doc.updateTime });
      }
      const totals = new Map<string, Share>();
      const ids: string[] = [];
      for await (const doc of all(shares.name)) {
        ids.push(doc.id);
        const read = readDoc(shares.doc(doc.id), toPlain(doc.data()));
        if (!('data' in read)) continue;
        const { figures: id, share } = read.data;
        totals.set(id, sum([totals.get(id) ?? {}, share]));
      }
      return { sums, totals, shares: ids };
    },
    { readOnly: true },
  );

/** Makes a sum that is missing. Its id has the month and the region. */
const created = (id: string, counters: Share): Write[] => {
  const read = readDoc(figures.doc(id), { month: id.slice(0, 7), region: id.slice(8), counters });
  return 'data' in read ? [figures.create(id, read.data)] : [];
};

/** The writes that make each sum the total of its shares; a sum without shares is removed. */
export const correctionsOf = ({ sums, totals }: Figures): Write[] => {
  const wrong = [...sums].flatMap(([id, { counters, version }]): Write[] => {
    const { path } = figures.doc(id);
    const total = totals.get(id);
    if (total === undefined || counters === undefined) return [{ op: 'delete', path, version }];
    const by = Object.entries(correction(counters, total));
    if (by.length === 0) return [];
    const counted = by.map(([name, change]) => [`counters.${name}`, change] as const);
    return [{ op: 'patch', path, by: Object.fromEntries(counted) }];
  });
  const missing = [...totals].filter(([id]) => !sums.has(id));
  return [...wrong, ...missing.flatMap(([id, total]) => created(id, total))];
};
