import { writeLines } from './csv.ts';
import { textStream } from './http/endpoint.ts';

/** A value of a table: a date becomes an ISO string, and null an empty cell. */
export type Cell = Date | string | number | boolean | null;

/** The columns of a table, in order, and where each comes from. */
export type Columns<T> = Readonly<Record<string, (row: T) => Cell>>;

/** What the endpoints of exports declare alike. */
export const csvExport = {
  method: 'get',
  status: 200,
  output: textStream,
  produces: 'text/csv',
  cost: { reads: (rows: number) => Math.max(1, rows) + 1, writes: 0 },
} as const;

const textOf = (cell: Cell): string =>
  cell instanceof Date ? cell.toISOString() : String(cell ?? '');

/**
 * A table as CSV, one page of documents at a time, under a line with the names of its columns.
 *
 * @param rowsOf the rows that a page of documents adds
 */
export const exportLines = async function* <D, T>(
  columns: Columns<T>,
  pages: AsyncIterable<readonly { readonly data: D }[]>,
  rowsOf: (page: readonly D[]) => readonly T[] | Promise<readonly T[]>,
): AsyncGenerator<string> {
  yield writeLines([Object.keys(columns)]);
  const cells = Object.values(columns);
  for await (const page of pages) {
    const rows = await rowsOf(page.map(({ data }) => data));
    if (rows.length > 0) {
      yield writeLines(rows.map((row) => cells.map((valueOf) => textOf(valueOf(row)))));
    }
  }
};
