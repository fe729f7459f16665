import type { Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { firestoreSource } from '../../../scripts/check-data/firestore-source.ts';
import type { Doc } from '../../../scripts/check-data/check.ts';
import type { Source } from '../../../scripts/check-data/walk.ts';
import type { Numbered, Watched } from './desk-history.ts';

/** An entry of the store: where it is, what it says, and whose removal removes it. */
export interface Entry {
  readonly document: string;
  readonly in: string | undefined;
  readonly what: string;
}

/** What the watched collections contain. */
export interface StoreView {
  readonly documents: ReadonlySet<string>;
  readonly entries: readonly Entry[];
  /** By `nameOf`. */
  readonly values: ReadonlyMap<string, unknown>;
  /** How many other documents each document says are in it, if it counts them. */
  readonly holds: ReadonlyMap<string, number>;
  /** What is wrong with documents, with the path of each. */
  readonly faults: readonly string[];
  /** The last number that each numbered collection has given. */
  readonly lastNumbers: ReadonlyMap<string, number>;
}

/** The name of one value of a document. */
export const nameOf = (document: string, field: string): string => `${document} ${field}`;

const PAGE = 300;
const counterSchema = z.object({ count: z.int() }).default({ count: 0 });

/** All documents of a collection. */
export const documentsOf = async (source: Source, collection: string): Promise<readonly Doc[]> => {
  const all: Doc[] = [];
  for (;;) {
    const page = await source.page(collection, all.at(-1)?.path, PAGE);
    all.push(...page);
    if (page.length < PAGE) return all;
  }
};

const lastNumberOf = async (db: Firestore, { counter, first = 1 }: Numbered): Promise<number> => {
  const stored = await db.doc(`counters/${counter}`).get();
  return counterSchema.parse(stored.data()).count + first - 1;
};

/** Reads everything that a desk's history watches. */
export const viewStore = async (
  db: Firestore,
  watched: readonly Watched[],
  now: Date,
): Promise<StoreView> => {
  const source = firestoreSource(db);
  const documents = new Set<string>();
  const entries: Entry[] = [];
  const values = new Map<string, unknown>();
  const holds = new Map<string, number>();
  const faults: string[] = [];
  const lastNumbers = new Map<string, number>();
  for (const { collection, numbered, shown } of watched) {
    for (const { id, path, data } of await documentsOf(source, collection)) {
      const {
        adds = [],
        values: its = {},
        holds: others,
        faults: found = [],
      } = shown(id, data, now);
      documents.add(path);
      entries.push(...adds.map(({ what, in: of }) => ({ document: path, in: of, what })));
      faults.push(...found.map((fault) => `${path} ${fault}`));
      if (others !== undefined) holds.set(path, others);
      for (const [field, value] of Object.entries(its)) values.set(nameOf(path, field), value);
    }
    if (numbered !== undefined) lastNumbers.set(collection, await lastNumberOf(db, numbered));
  }
  return { documents, entries, values, holds, faults, lastNumbers };
};
