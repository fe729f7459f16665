import { z } from 'zod';
import { invalid } from '../problem.ts';
import type { DocKey, Loaded } from './document.ts';
import type { QueryValues, Store } from './store.ts';

/** Query parameters of every list: `limit` 1..100 (20 unless told) and an opaque `cursor`. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().min(1).max(1024).optional(),
};

/** What a list tells about its page; `nextCursor` is null on the last one. */
export const pageSchema = z
  .object({
    limit: z.number().int(),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'Page' });

export interface Page<T> {
  readonly rows: readonly Loaded<T>[];
  readonly page: z.output<typeof pageSchema>;
}

// A position is the sort values and the id of the last row; dates are told apart from strings.
const position = z.array(
  z.union([z.string(), z.number(), z.null(), z.strictObject({ date: z.iso.datetime() })]),
);

const encode = (values: readonly unknown[]): string =>
  Buffer.from(
    JSON.stringify(values.map((v) => (v instanceof Date ? { date: v.toISOString() } : v))),
  ).toString('base64url');

const decode = (cursor: string, length: number): unknown[] => {
  try {
    const values = position
      .length(length)
      .parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return values.map((v) => (v !== null && typeof v === 'object' ? new Date(v.date) : v));
  } catch {
    throw invalid([{ path: 'cursor', message: 'Give back the nextCursor of the page before.' }]);
  }
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const fieldOf = (data: unknown, path: string): unknown =>
  path.split('.').reduce((at: unknown, name) => (isRecord(at) ? at[name] : undefined), data);

/**
 * One page of a named query, at a cost of its rows. A full page has a `nextCursor`, even when it
 * ends the list: the page after it is then empty.
 *
 * @throws Problem 400 for a cursor that no page gave.
 */
export const readPage = async <T>(
  store: Store,
  key: (id: string) => DocKey<T>,
  query: Omit<QueryValues, 'startAfter' | 'limit'>,
  asked: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<T>> => {
  if (query.anyOf.length === 0) return { rows: [], page: { limit: asked.limit, nextCursor: null } };
  const sort = (query.anyOf[0]?.shape.orderBy ?? []).map(({ field }) => field);
  const startAfter =
    asked.cursor === undefined ? {} : { startAfter: decode(asked.cursor, sort.length + 1) };
  const rows = await store.find(key, { ...query, ...startAfter, limit: asked.limit });
  const last = rows.at(-1);
  const nextCursor =
    last === undefined || rows.length < asked.limit
      ? null
      : encode([...sort.map((field) => fieldOf(last.data, field) ?? null), last.id]);
  return { rows, page: { limit: asked.limit, nextCursor } };
};
