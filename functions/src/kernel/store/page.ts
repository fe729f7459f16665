import { z } from 'zod';
import { invalid } from '../problem.ts';
import { type DocKey, isDocumentId, type Loaded } from './document.ts';
import type { QueryValues, Store } from './store.ts';

/** Query parameters of every list: `limit` 1..100 (20 unless told) and an opaque `cursor`. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().min(1).max(1024).optional(),
};

/**
 * The same for contracts whose clients know of no pages: without `limit`, a list answers as many
 * rows as it may.
 */
export const barePageQuery = { ...pageQuery, limit: pageQuery.limit.unwrap().default(100) };

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

const sortFieldsOf = (query: Pick<QueryValues, 'anyOf'>): readonly string[] =>
  (query.anyOf[0]?.shape.orderBy ?? []).map(({ field }) => field);

/** Where a row stands in the order of a query: its sort values and its id. */
const positionOf = (query: Pick<QueryValues, 'anyOf'>, row: Loaded<unknown>): unknown[] => [
  ...sortFieldsOf(query).map((field) => fieldOf(row.data, field) ?? null),
  row.id,
];

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
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<T>> => {
  if (query.anyOf.length === 0) return { rows: [], page: { limit, nextCursor: null } };
  const length = sortFieldsOf(query).length + 1;
  const startAfter = cursor === undefined ? {} : { startAfter: decodeCursor(cursor, length) };
  const rows = await store.find(key, { ...query, ...startAfter, limit });
  const last = rows.at(-1);
  const isLast = last === undefined || rows.length < limit;
  return {
    rows,
    page: { limit, nextCursor: isLast ? null : encodeCursor(positionOf(query, last)) },
  };
};

/** All rows of a named query, page by page, for exports of any length. */
export const pagesOf = async function* <T>(
  store: Store,
  key: (id: string) => DocKey<T>,
  query: Omit<QueryValues, 'startAfter' | 'limit'>,
  pageSize = 500,
): AsyncGenerator<readonly Loaded<T>[]> {
  let startAfter: readonly unknown[] | undefined;
  while (query.anyOf.length > 0) {
    const from = startAfter === undefined ? {} : { startAfter };
    const rows = await store.find(key, { ...query, ...from, limit: pageSize });
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return;
    startAfter = positionOf(query, last);
  }
};

/** Rows of a page for a list that is a bare array: a header says where the next one begins. */
export const readBarePage = async <T>(
  { store, setHeader }: { store: Store; setHeader: (name: string, value: string) => void },
  key: (id: string) => DocKey<T>,
  query: Omit<QueryValues, 'startAfter' | 'limit'>,
  asked: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<readonly T[]> => {
  const { rows, page } = await readPage(store, key, query, asked);
  if (page.nextCursor !== null) setHeader(NEXT_CURSOR, page.nextCursor);
  return rows.map(({ data }) => data);
};
