import {
  closedFigures,
  figures,
  rows,
} from '../../../functions/src/desks/cgs/figures/collections.ts';
import type { Share } from '../../../functions/src/desks/cgs/figures/figures.ts';
import { rowKey, totalOf } from '../../../functions/src/desks/cgs/figures/places.ts';
import type { Collection } from '../../../functions/src/kernel/store/collection.ts';
import type { DocKey } from '../../../functions/src/kernel/store/document.ts';
import { type CollectionCheck, checkOf, type Doc, expectSame, readDoc } from '../check.ts';

/** A collection whose documents are sums of shares. */
export interface SumCollection {
  readonly name: string;
  readonly doc: (id: string) => DocKey<unknown>;
  readonly check: CollectionCheck;
  /** The counters of a sum; undefined when it is invalid, or of another id than its fields say. */
  readonly countersOf: (doc: Pick<Doc, 'id' | 'data'>) => Share | undefined;
}

const sumsOf = <T extends { readonly counters: Share }>(
  { name, doc }: Pick<Collection<T>, 'name' | 'doc'>,
  keyOf: (data: T) => DocKey<unknown>,
): SumCollection => ({
  name,
  doc,
  check: checkOf(
    { name, doc },
    { faults: (sum, { path }) => expectSame('*', keyOf(sum).path, path) },
  ),
  countersOf: ({ id, data }) => {
    const read = readDoc(doc(id), data);
    const isValid = 'data' in read && keyOf(read.data).path === doc(id).path;
    return isValid ? read.data.counters : undefined;
  },
});

/** All of them. */
export const SUMS: readonly SumCollection[] = [
  sumsOf(figures, ({ month, region }) => totalOf('created', month, region)),
  sumsOf(closedFigures, ({ month, region }) => totalOf('closed', month, region)),
  sumsOf(rows, rowKey),
];
