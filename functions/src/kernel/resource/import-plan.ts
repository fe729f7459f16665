import { isDeepStrictEqual } from 'node:util';
import type { Row } from '../csv.ts';
import type { FieldError } from '../problem.ts';
import type { DocKey, Loaded, Reads } from '../store/document.ts';
import type { Store } from '../store/store.ts';
import { reservationOf } from '../store/unique.ts';
import type { Stored } from './declaration.ts';
import type { Draft } from './kind.ts';
import { lookupKeys, targetKeys } from './references.ts';
import {
  reservationKeys,
  type KindOf,
  planRecord,
  type RecordPlan,
  uniquesOf,
} from './plan-record.ts';

/** A row with the id for a new record, the same at each attempt. */
export interface Line<D extends Stored> extends Row {
  readonly id: D['id'];
}

export interface RowError extends FieldError {
  readonly row: number;
}

/** A row that fits the schema, and the record that it would change. */
export interface DraftedLine<D extends Stored> {
  readonly line: Line<D>;
  readonly before: Loaded<D> | undefined;
  readonly draft: Draft<D>;
}

/** Rows with everything that was read for them. */
export interface PreparedLines<D extends Stored> {
  readonly drafts: readonly DraftedLine<D>[];
  readonly errors: readonly RowError[];
  readonly reads: Reads;
}

/** A row that creates or updates a record, with its whole write. */
export interface RowWrite<D extends Stored> extends RecordPlan<D> {
  readonly kind: 'created' | 'updated';
  readonly drafted: DraftedLine<D>;
}

export type Outcome<D extends Stored> =
  | RowWrite<D>
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'failed'; readonly errors: readonly RowError[] };

const KEYS_PER_READ = 400;

/** Reads keys, some hundred at a time and each document once, and returns all that was read. */
const createReader = (store: Store) => {
  const seen = new Set<string>();
  let reads: Reads | undefined;
  return async (keys: readonly DocKey<unknown>[]): Promise<Reads> => {
    const fresh = keys.filter(({ path }) => !seen.has(path) && seen.add(path));
    reads ??= await store.load([]);
    for (let from = 0; from < fresh.length; from += KEYS_PER_READ) {
      reads = await store.load(fresh.slice(from, from + KEYS_PER_READ), reads);
    }
    return reads;
  };
};

/** The cells as the fields of a request; an empty one is left out. */
const fieldsOf = <D extends Stored>({ numeric }: KindOf<D>, { cells }: Row): object =>
  Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => {
      const text = cell.trim();
      if (text === '') return [name, undefined];
      return [name, numeric.includes(name) && !Number.isNaN(Number(text)) ? Number(text) : text];
    }),
  );

const failed = ({ row }: Row, errors: readonly FieldError[]) => ({
  kind: 'failed' as const,
  errors: errors.map((error) => ({ row, ...error })),
});

/**
 * Reads what rows depend on, in four steps for any number of rows: the reservations of their values,
 * the records that hold those, the reservations and ids of their references, and the referenced
 * records.
 */
export const prepare = async <D extends Stored>(
  kind: KindOf<D>,
  store: Store,
  lines: readonly Line<D>[],
): Promise<PreparedLines<D>> => {
  const read = createReader(store);
  const rows = lines.map((line) => {
    const fields = fieldsOf(kind, line);
    // Those of a row are read together: a parallel import has created all of them or none.
    return { line, fields, reservations: uniquesOf(kind, fields).map(reservationOf) };
  });
  const held = await read(rows.flatMap(({ reservations }) => reservations));
  const recordOf = ([identity]: (typeof rows)[number]['reservations']) => {
    const holder = identity === undefined ? undefined : held.get(identity)?.data.holder;
    return holder === undefined ? undefined : kind.collection.doc(holder);
  };
  const known = await read(rows.flatMap(({ reservations }) => recordOf(reservations) ?? []));
  const drafted = rows.map(({ line, fields, reservations }) => {
    const key = recordOf(reservations);
    const before = key === undefined ? undefined : known.get(key);
    return { line, before, draft: kind.draft(fields, before?.data) };
  });
  const drafts = drafted.flatMap(({ draft, ...row }) =>
    'errors' in draft ? [] : [{ ...row, draft }],
  );
  const errors = drafted.flatMap(({ line, draft }) =>
    'errors' in draft ? failed(line, draft.errors).errors : [],
  );
  const references = drafts.flatMap(({ draft }) => draft.references);
  const uniques = drafts.flatMap(({ draft }) => reservationKeys(kind, draft.given, true));
  const looked = await read([...uniques, ...lookupKeys(references)]);
  const reads = await read(targetKeys(references, looked));
  return { drafts, errors, reads };
};

/** Pure: decides what one row does. */
export const outcomeFor = <D extends Stored>(
  kind: KindOf<D>,
  drafted: DraftedLine<D>,
  reads: Reads,
  { now, update }: { readonly now: Date; readonly update: boolean },
): Outcome<D> => {
  const { line, before, draft } = drafted;
  const id = before?.data.id ?? line.id;
  const planned = planRecord(kind, draft, id, { before, now, reads });
  if ('errors' in planned) return failed(line, planned.errors);
  const write = planned(id);
  if (before === undefined) return { kind: 'created', drafted, ...write };
  const undated = { ...write.data, updatedAt: before.data.updatedAt };
  if (isDeepStrictEqual(undated, before.data)) return { kind: 'unchanged' };
  if (update) return { kind: 'updated', drafted, ...write };
  const path = kind.uniques[0]?.at(-1) ?? '';
  const message = `This ${kind.one} exists with other content: send update=true to change it.`;
  return failed(line, [{ path, message }]);
};

/** Errors of rows with a unique value that an earlier row of the file has. */
export const repeated = <D extends Stored>(
  kind: KindOf<D>,
  drafts: readonly DraftedLine<D>[],
): RowError[] => {
  const first = new Map<string, number>();
  return drafts.flatMap(({ line: { row }, draft: { given } }) =>
    reservationKeys(kind, given, true).flatMap((key, index) => {
      const earlier = first.get(key.path);
      if (earlier === undefined) first.set(key.path, row);
      const path = kind.uniques[index]?.at(-1) ?? '';
      return earlier === undefined ? [] : [{ row, path, message: `Row ${earlier} has it too.` }];
    }),
  );
};
