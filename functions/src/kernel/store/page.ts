import { z } from 'zod';
import { invalid } from '../problem.ts';
import { type DocKey, isDocumentId, type Loaded } from './document.ts';
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

/** Where a desk whose lists have no room for a `page` says where the next one begins. */
export const NEXT_CURSOR = 'X-Next-Cursor';

/** The header that such a list declares. */
export const pageHeaders = z.object({
  [NEXT_CURSOR]: z.string().optional().meta({
    description: 'the `cursor` of the next page; not there on the last one',
  }),
});

export interface Page<T> {
  readonly rows: readonly Loaded<T>[];
  readonly page: z.output<typeof pageSchema>;
}

// Firestore's first moment; the last one that an ISO string in UTC can name is fine.
const FIRST_DATE = Date.parse('0001-01-01T00:00:00Z');
const date = z.iso.datetime().refine((text) => Date.parse(text) >= FIRST_DATE);

// A position is the sort values and the id of the last row; dates are told apart from strings.
const sortValue = z.union([z.string(), z.number(), z.null(), z.strictObject({ date })]);
const position = (length: number) =>
  z
    .array(sortValue)
    .length(length)
    .refine((values) => z.string().refine(isDocumentId).safeParse(values.at(-1)).success);

/** The cursor of a position: opaque to callers. */
export const encodeCursor = (values: readonly unknown[]): string =>
  Buffer.from(
    JSON.stringify(values.map((v) => (v instanceof Date ? { date: v.toISOString() } : v))),
  ).toString('base64url');

/** The position of a cursor. Throws 400 for one that no page gave. */
export const decodeCursor = (cursor: string, length: number): unknown[] => {
  try {
    const text = Buffer.from(cursor, 'base64url').toString();
    const values = position(length).parse(JSON.parse(text));
    return values.map((v) => (v !== null && typeof v === 'object' ? new Date(v.date) : v));
  } catch {
    throw invalid([{ path: 'cursor', message: 'Give back the nextCursor of the page before.' }]);
  }
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** A field deep inside a document: `client.name`; undefined where there is none. */
export const fieldOf = (data: unknown, path: string): unknown =>
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
    asked.cursor === undefined ? {} : { startAfter: decodeCursor(asked.cursor, sort.length + 1) };
  const rows = await store.find(key, { ...query, ...startAfter, limit: asked.limit });
  const last = rows.at(-1);
  const nextCursor =
    last === undefined || rows.length < asked.limit
      ? null
      : encodeCursor([...sort.map((field) => fieldOf(last.data, field) ?? null), last.id]);
  return { rows, page: { limit: asked.limit, nextCursor } };
};
