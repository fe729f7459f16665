import pRetry from 'p-retry';
import { z } from 'zod';
import { invalid } from '../problem.ts';
import { anyDocument, isDocumentId, type Loaded } from './document.ts';
import { outcomeOf } from './outcome.ts';
import { BY_ID, type Criteria } from './query.ts';
import type { Store } from './store.ts';

/** How many rows a page has at most. */
export const pageLimit = (most: number, usual = 20) =>
  z.coerce
    .number()
    .int()
    .min(1)
    .max(most)
    .default(usual)
    .meta({ description: 'how many rows the page has at most' });

/** Query parameters of every list: `limit` 1..100, by default 20, and an opaque `cursor`. */
export const pageQuery = {
  limit: pageLimit(100),
  cursor: z
    .string()
    .min(1)
    .max(1024)
    .optional()
    .meta({ description: 'the cursor that the page before came with' }),
};

/**
 * The same for contracts whose clients do not know pages: without `limit`, a list returns as many
 * rows as a page may have.
 */
export const barePageQuery = {
  ...pageQuery,
  limit: pageLimit(100, 100),
  count: z.enum(['true', 'false']).optional().meta({
    description:
      'true: `X-Total-Count` says how many rows there are in all; of `q`, its longest word counts',
  }),
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
const TOTAL_COUNT = 'X-Total-Count';

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

/** Whether a row belongs to a list, where the store can't look that up. */
type Fits<T> = (row: T) => boolean;

const everyRow = () => true;

/** How often a page is filled up, each time by one more round trip, and the most rows of one of these. */
const MOST_FILLS = 4;
const MOST_ROWS = 100;

interface Wanted<R> {
  readonly wanted: number;
  /** How many rows are read for them. */
  readonly size?: number;
  readonly after?: R | undefined;
  readonly fills?: number;
}

/** The rows of a query that fit, and the last row that was looked at; none if nothing follows it. */
export const findFitting = async <R>(
  find: (after: R | undefined, limit: number) => Promise<readonly R[]>,
  fits: Fits<R>,
  { wanted, size = wanted, after, fills = MOST_FILLS }: Wanted<R>,
): Promise<{ readonly rows: readonly R[]; readonly last: R | undefined }> => {
  const read = await find(after, size);
  const fitting = read.filter(fits);
  const rows = fitting.slice(0, wanted);
  const isCut = rows.length < fitting.length;
  if (!isCut && read.length < size) return { rows, last: undefined };
  const last = isCut ? rows.at(-1) : read.at(-1);
  const missing = wanted - rows.length;
  if (missing === 0 || fills === 0) return { rows, last };
  // As many as have the missing ones among them, if these fit as often as those that were read.
  const likely = Math.min(MOST_ROWS, Math.ceil((missing * read.length) / rows.length));
  const next = { wanted: missing, size: likely, after: last, fills: fills - 1 };
  const more = await findFitting(find, fits, next);
  return { ...more, rows: [...rows, ...more.rows] };
};

/**
 * Reads one page of a query, or of those of its rows that fit. Each row costs one read, and so does one
 * that does not fit; others take its place. Only where hardly any fits, after some 400 of them, a page
 * has fewer rows than its limit, or none, and a `nextCursor`. A full page may have one too when nothing
 * follows.
 *
 * @throws Problem 400 for a cursor that does not come from a page.
 */
export const readPage = async <T>(
  store: Store,
  criteria: Criteria<T>,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  fits: Fits<T> = everyRow,
): Promise<Page<T>> => {
  if (criteria.anyOf.length === 0) return { rows: [], page: { limit, nextCursor: null } };
  const position = ({ data, id }: Loaded<T>) => positionOf(criteria, data, id);
  const start =
    cursor === undefined ? undefined : decodeCursor(cursor, sortFieldsOf(criteria).length + 1);
  const find = (after: Loaded<T> | undefined, size: number) =>
    store.find({ ...criteria, startAfter: after ? position(after) : start, limit: size });
  const { rows, last } = await findFitting(find, ({ data }) => fits(data), { wanted: limit });
  return { rows, page: { limit, nextCursor: last ? encodeCursor(position(last)) : null } };
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

/**
 * One page of a query, with the next cursor and, if asked for, the number of rows in headers.
 *
 * @param counted the queries whose rows are counted, where they are not those of the list
 */
export const readHeadedPage = async <T>(
  tools: Headed,
  criteria: Criteria<T>,
  asked: z.output<z.ZodObject<typeof barePageQuery>>,
  fits?: Fits<T>,
  counted: readonly Criteria<unknown>[] = [criteria],
): Promise<Page<T>> => {
  const [read] = await Promise.all([
    readPage(tools.store, criteria, asked, fits),
    sendTotal(tools, counted, asked),
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
