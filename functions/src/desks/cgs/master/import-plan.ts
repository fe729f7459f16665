import { isDeepStrictEqual } from 'node:util';
import type { FieldError } from '../../../kernel/problem.ts';
import type { DocKey, Loaded, Reads, Write } from '../../../kernel/store/document.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { claimOf } from '../../../kernel/store/unique.ts';
import type { Row } from './csv.ts';
import { follow, lookupKeys, type Reference, targetKeys } from './references.ts';
import { merge, type Resource, type Stored } from './resource.ts';
import { settle, uniqueKeys, uniquesOf } from './settle.ts';

/** A row with the id that it gets if it is new: the same at each attempt. */
export interface Line extends Row {
  readonly id: string;
}

export interface RowError extends FieldError {
  readonly row: number;
}

/** A row that fits the schema, and the record that it stands for. */
interface Draft<G, D> {
  readonly line: Line;
  readonly before: Loaded<D> | undefined;
  readonly given: G;
  readonly references: readonly Reference[];
}

/** Rows with all that was read for them. */
export interface Prepared<G, D> {
  readonly drafts: readonly Draft<G, D>[];
  readonly errors: readonly RowError[];
  readonly reads: Reads;
}

export type Outcome =
  | {
      readonly kind: 'created' | 'updated';
      readonly line: Line;
      readonly writes: readonly Write[];
      readonly touches: readonly Write[];
    }
  | { readonly kind: 'unchanged'; readonly line: Line }
  | { readonly kind: 'failed'; readonly line: Line; readonly errors: readonly FieldError[] };

const AT_ONCE = 400;

/** Fetches keys a few hundred at a time, on top of what was read: each document once. */
const createReader = (store: Store) => {
  const seen = new Set<string>();
  let reads: Reads | undefined;
  return async (keys: readonly DocKey<unknown>[]): Promise<Reads> => {
    const fresh = keys.filter(({ path }) => !seen.has(path) && seen.add(path));
    reads ??= await store.load([]);
    for (let from = 0; from < fresh.length; from += AT_ONCE) {
      reads = await store.load(fresh.slice(from, from + AT_ONCE), reads);
    }
    return reads;
  };
};

/** The cells in the words of a request; an empty one stands for nothing. */
const fieldsOf = <G extends object, D extends Stored>(
  { numeric = [] }: Resource<G, D>,
  { cells }: Row,
): object =>
  Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => {
      const text = cell.trim();
      if (text === '') return [name, undefined];
      return [name, numeric.includes(name) && !Number.isNaN(Number(text)) ? Number(text) : text];
    }),
  );

/**
 * Reads what rows depend on, in four steps whatever their number: who has their names, those
 * records, what else they must have alone, and the records that they name.
 */
export const prepare = async <G extends object, D extends Stored>(
  resource: Resource<G, D>,
  store: Store,
  lines: readonly Line[],
): Promise<Prepared<G, D>> => {
  const read = createReader(store);
  const rows = lines.map((line) => {
    const fields = fieldsOf(resource, line);
    // A row's claims come from one moment: another import of it has made all of them, or none.
    return { line, fields, claims: uniquesOf(resource, fields).map(claimOf) };
  });
  const claimed = await read(rows.flatMap(({ claims }) => claims));
  const recordOf = ([identity]: (typeof rows)[number]['claims']) => {
    const holder = identity === undefined ? undefined : claimed.get(identity)?.data.holder;
    return holder === undefined ? undefined : resource.collection.doc(holder);
  };
  const known = await read(rows.flatMap(({ claims }) => recordOf(claims) ?? []));
  const drafts: Draft<G, D>[] = [];
  const errors: RowError[] = [];
  for (const { line, fields, claims } of rows) {
    const key = recordOf(claims);
    const before = key === undefined ? undefined : known.get(key);
    const merged = merge(resource, before?.data, fields);
    if ('errors' in merged) {
      errors.push(...merged.errors.map((error) => ({ row: line.row, ...error })));
    } else {
      const references = resource.references?.(merged.given) ?? [];
      const asked = references.filter(({ field }) => field in line.cells);
      drafts.push({ line, before, given: merged.given, references: asked });
    }
  }
  const references = drafts.flatMap((draft) => draft.references);
  const uniques = drafts.flatMap(({ given }) => uniqueKeys(resource, given));
  const looked = await read([...uniques, ...lookupKeys(references)]);
  const reads = await read(targetKeys(references, looked));
  return { drafts, errors, reads };
};

/** Pure: what becomes of one row. */
export const outcomeFor = <G extends object, D extends Stored>(
  resource: Resource<G, D>,
  { line, before, given, references }: Draft<G, D>,
  reads: Reads,
  { now, update }: { readonly now: Date; readonly update: boolean },
): Outcome => {
  const links = follow(references, reads, now);
  const id = before?.id ?? line.id;
  const settled = settle(resource, given, { id, before, now, links, reads });
  if ('invalid' in settled) return { kind: 'failed', line, errors: settled.invalid };
  if ('taken' in settled) return { kind: 'failed', line, errors: settled.taken };
  const { data, writes, touches } = settled;
  if (before === undefined) return { kind: 'created', line, writes, touches };
  const undated = { ...data, updatedAt: before.data.updatedAt };
  if (isDeepStrictEqual(undated, before.data)) return { kind: 'unchanged', line };
  if (update) return { kind: 'updated', line, writes, touches };
  const path = resource.uniques[0].at(-1) ?? '';
  const message = `This ${resource.one} is there with other content: send update=true to change it.`;
  return { kind: 'failed', line, errors: [{ path, message }] };
};

/** Rows that ask for what an earlier row of the same file asks for. */
export const repeated = <G extends object, D extends Stored>(
  resource: Resource<G, D>,
  drafts: readonly Draft<G, D>[],
): RowError[] => {
  const first = new Map<string, number>();
  return drafts.flatMap(({ line: { row }, given }) =>
    uniqueKeys(resource, given).flatMap((key, index) => {
      const earlier = first.get(key.path);
      if (earlier === undefined) first.set(key.path, row);
      const path = resource.uniques[index]?.at(-1) ?? '';
      return earlier === undefined ? [] : [{ row, path, message: `Row ${earlier} has it too.` }];
    }),
  );
};
