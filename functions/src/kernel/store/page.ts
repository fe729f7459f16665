import pRetry from 'p-retry';
import { z } from 'zod';
import { invalid } from '../problem.ts';
import { anyDocument, isDocumentId, type Loaded } from './document.ts';
import { outcomeOf } from './outcome.ts';
import { BY_ID, type Criteria } from './query.ts';
import type { Store } from './store.ts';

/** Query parameters of every list: `limit` 1..100, by default 20, and an opaque `cursor`. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().min(1).max(1024).optional(),
};

/**
 * The same for contracts whose clients do not know pages: without `limit`, a list returns as many
 * rows as a page may have.
 */
export const barePageQuery = {
  ...pageQuery,
  limit: pageQuery.limit.unwrap().default(100),
  count: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'true: `X-Total-Count` says how many rows there are in all' }),
};

/** A list's description of its page; `nextCursor` is null on the last one. */
export const pageSchema = z
  .object({
    limit: z.number().int(),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'Page' });

/** The header with the next page's cursor, for desks whose lists have no room for a `page`. */
export const NEXT_CURSOR = 'X-Next-Cursor';

/** The header with the number of all rows, if the request asks for it. */
export const TOTAL_COUNT = 'X-Total-Count';

/** That header's schema, for lists that declare their own headers. */
export const totalHeader = {
  [TOTAL_COUNT]: z.string().optional().meta({
    description: 'with `count=true`: how many rows there are in all',
    example: '42',
  }),
};

/** The headers that such a list declares. */
export const pageHeaders = z.object({
  [NEXT_CURSOR]: z.string().optional().meta({
    description: 'the `cursor` of the next page; not there on the last one',
  }),
  ...totalHeader,
});

export interface Page<T> {
  readonly rows: readonly Loaded<T>[];
  readonly page: z.output<typeof pageSchema>;
}

// The first time that Firestore can store; it can store the last one of an ISO string.
const FIRST_DATE = Date.parse('0001-01-01T00:00:00Z');
const date = z.iso.datetime().refine((text) => Date.parse(text) >= FIRST_DATE);

// A position is the sort values and the id of the last row; dates are marked as such.
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

const badCursor = () =>
  invalid([{ path: 'cursor', message: 'Give back the nextCursor of the page before.' }]);

/** The position of a cursor. Throws 400 for one that does not come from a page. */
export const decodeCursor = (cursor: string, length: number): unknown[] => {
  try {
    const text = Buffer.from(cursor, 'base64url').toString();
    const values = position(length).parse(JSON.parse(text));
    return values.map((v) => (v !== null && typeof v === 'object' ? new Date(v.date) : v));
  } catch {
    throw badCursor();
  }
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** A field deep inside a document: `client.name`; undefined where there is none. */
export const fieldOf = (data: unknown, path: string): unknown =>
  path.split('.').reduce((at: unknown, name) => (isRecord(at) ? at[name] : undefined), data);

const sortFieldsOf = ({ anyOf }: Criteria<unknown>): readonly string[] =>
  (anyOf[0]?.shape.orderBy ?? []).flatMap(({ field }) => (field === BY_ID ? [] : [field]));

/** The position of a row in the order of a query: its sort values and its id. */
const positionOf = (criteria: Criteria<unknown>, data: unknown, id: string): unknown[] => [
  ...sortFieldsOf(criteria).map((field) => fieldOf(data, field) ?? null),
  id,
];

/**
 * Reads one page of a query; each row costs one read. A full page always has a `nextCursor`, so the
 * page after it may be empty.
 *
 * @throws Problem 400 for a cursor that does not come from a page.
 */
export const readPage = async <T>(
  store: Store,
  criteria: Criteria<T>,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<T>> => {
  if (criteria.anyOf.length === 0) return { rows: [], page: { limit, nextCursor: null } };
  const length = sortFieldsOf(criteria).length + 1;
  const startAfter = cursor === undefined ? undefined : decodeCursor(cursor, length);
  const rows = await store.find({ ...criteria, startAfter, limit });
  const last = rows.at(-1);
  const isLast = last === undefined || rows.length < limit;
  const nextCursor = isLast ? null : encodeCursor(positionOf(criteria, last.data, last.id));
  return { rows, page: { limit, nextCursor } };
};

/** How often a page is filled up; each time costs a round trip. */
const MOST_FILLS = 5;

/**
 * One page of the rows that fit, for what the store can't look up. The rows of the query that don't
 * fit are read too. Where few fit, a page has fewer rows than its limit, or none, and a `nextCursor`.
 */
export const readFittingPage = async <T>(
  store: Store,
  criteria: Criteria<T>,
  asked: { readonly limit: number; readonly cursor?: string | undefined },
  fits: (row: T) => boolean,
  fills = MOST_FILLS,
): Promise<Page<T>> => {
  const { rows, page } = await readPage(store, criteria, asked);
  const found = rows.filter(({ data }) => fits(data));
  const missing = asked.limit - found.length;
  if (missing === 0 || page.nextCursor === null || fills === 1) return { rows: found, page };
  const next = { limit: missing, cursor: page.nextCursor };
  const more = await readFittingPage(store, criteria, next, fits, fills - 1);
  return { rows: [...found, ...more.rows], page: { ...more.page, limit: asked.limit } };
};

interface Headed {
  readonly store: Store;
  readonly setHeader: (name: string, value: string) => void;
}

/** Sends the number of all rows in a header, if the request asks for it. */
export const sendTotal = async (
  { store, setHeader }: Headed,
  all: readonly Criteria<unknown>[],
  { count }: { readonly count?: 'true' | 'false' | undefined },
): Promise<void> => {
  if (count !== 'true') return;
  const counts = await Promise.all(all.map((each) => store.count(each)));
  setHeader(TOTAL_COUNT, String(counts.reduce((sum, each) => sum + each, 0)));
};

/** One page of a query, with the next cursor and, if asked for, the number of rows in headers. */
export const readHeadedPage = async <T>(
  tools: Headed,
  criteria: Criteria<T>,
  asked: z.output<z.ZodObject<typeof barePageQuery>>,
): Promise<Page<T>> => {
  const [read] = await Promise.all([
    readPage(tools.store, criteria, asked),
    sendTotal(tools, [criteria], asked),
  ]);
  if (read.page.nextCursor !== null) tools.setHeader(NEXT_CURSOR, read.page.nextCursor);
  return read;
};

/** Rows of such a page, for a list that is a bare array. */
export const readBarePage = async <T>(
  ...asked: Parameters<typeof readHeadedPage<T>>
): Promise<readonly T[]> => (await readHeadedPage(...asked)).rows.map(({ data }) => data);

const place = z.tuple([z.string().regex(/^\d{1,9}$/)]).transform(([text]) => Number(text));

/**
 * One page of a list that a document holds, with the same headers.
 *
 * @throws Problem 400 for a cursor that does not come from a page.
 */
export const heldPage = <T>(
  { setHeader }: Pick<Headed, 'setHeader'>,
  all: readonly T[],
  { limit, cursor, count }: z.output<z.ZodObject<typeof barePageQuery>>,
): readonly T[] => {
  const begin = cursor === undefined ? 0 : place.safeParse(decodeCursor(cursor, 1)).data;
  if (begin === undefined) throw badCursor();
  const end = begin + limit;
  if (end < all.length) setHeader(NEXT_CURSOR, encodeCursor([String(end)]));
  if (count === 'true') setHeader(TOTAL_COUNT, String(all.length));
  return all.slice(begin, end);
};

/** Retries a query whose result was lost, rather than losing all the pages before it. */
const RETRIES = {
  retries: 2,
  minTimeout: 50,
  randomize: true,
  shouldRetry: ({ error }: { readonly error: Error }) => outcomeOf(error) === 'unknown',
} as const;

/**
 * All rows of a query, in pages. Each page is fetched while the caller works on the one before.
 */
export const pagesOf = async function* <T>(
  store: Store,
  criteria: Criteria<T>,
  limit = 500,
): AsyncGenerator<readonly Loaded<T>[]> {
  const find = (last?: Loaded<T>) => {
    const startAfter = last && positionOf(criteria, last.data, last.id);
    return pRetry(() => store.find({ ...criteria, startAfter, limit }), RETRIES);
  };
  let page = await find();
  while (page.length > 0) {
    const next = page.length < limit ? undefined : find(page.at(-1));
    // A failure is thrown by the `await` below; it does not matter when the caller stops before.
    next?.catch(() => {});
    yield page;
    if (next === undefined) return;
    page = await next;
  }
};

/** The same documents without parsing them, so that one invalid document can't fail a page. */
export const unread = ({ anyOf, ...rest }: Criteria<unknown>): Criteria<unknown> => ({
  ...rest,
  anyOf: anyOf.map((each) => ({
    ...each,
    doc: (id) => anyDocument(`${each.shape.collection}/${id}`),
  })),
});
