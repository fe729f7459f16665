import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { invalid, type Problem } from './problem.ts';

/** One row of a CSV file: its number as a spreadsheet counts, the header being row 1. */
export interface Row {
  readonly row: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** A CSV file that was read. */
export interface Sheet {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** Numbers of the rows that have more or fewer cells than the header. */
  readonly torn: readonly number[];
}

const FORMULA = /^'*[=+\-@\t\r]/;
/** Numbers and coordinates: a spreadsheet does not run them as formulas. */
const HARMLESS = /^[+-]?\d+(\.\d+)?(, ?[+-]?\d+(\.\d+)?)?$/;

/** A cell for an export: an apostrophe in front keeps a spreadsheet from running it as a formula. */
export const guardCell = (text: string): string =>
  FORMULA.test(text) && !HARMLESS.test(text) ? `'${text}` : text;

/** A cell of an import, without the apostrophe that `guardCell` adds. */
export const readCell = (text: string): string =>
  text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;

/** CSV text; each line ends with a newline. */
export const writeLines = (lines: readonly (readonly string[])[]): string =>
  stringify(lines.map((cells) => cells.map(guardCell)));

const csvError = z.object({ code: z.string().startsWith('CSV_'), message: z.string() });
const recordSchema = z.array(z.string());

const MOST_ROWS = 20_000;

const headerProblem = (
  header: readonly string[],
  known: readonly string[],
): Problem | undefined => {
  const unknown = header.filter((name) => !known.includes(name));
  const twice = header.filter((name, index) => header.indexOf(name) !== index);
  const wrong = [
    ...unknown.map((name) => ({
      path: name,
      message: `There is no such column. Known are: ${known.join(', ')}.`,
    })),
    ...twice.map((name) => ({ path: name, message: 'This column is there twice.' })),
  ];
  return wrong.length === 0 ? undefined : invalid(wrong);
};

const rowOf = (row: number, columns: readonly string[], record: readonly string[]): Row => ({
  row,
  cells: Object.fromEntries(columns.map((name, index) => [name, readCell(record[index] ?? '')])),
});

const readRecords = async (
  records: AsyncIterable<unknown>,
  known: readonly string[],
): Promise<Sheet | Problem> => {
  let columns: readonly string[] | undefined;
  const rows: Row[] = [];
  const torn: number[] = [];
  let row = 0;
  for await (const each of records) {
    const record = recordSchema.parse(each);
    row += 1;
    if (columns === undefined) {
      columns = record.map((name) => name.trim());
      const problem = headerProblem(columns, known);
      if (problem !== undefined) return problem;
    } else if (record.some((cell) => cell !== '')) {
      if (record.length === columns.length) rows.push(rowOf(row, columns, record));
      else torn.push(row);
    }
    if (rows.length + torn.length > MOST_ROWS) {
      return invalid([{ path: 'body', message: `Send at most ${MOST_ROWS} rows at once.` }]);
    }
  }
  if (columns !== undefined) return { columns, rows, torn };
  return invalid([{ path: 'body', message: 'Send a header row with the names of the fields.' }]);
};

/** Reads CSV text whose first row is the header; 400 for unknown columns and for invalid CSV. */
export const readSheet = async (
  text: string,
  known: readonly string[],
): Promise<Sheet | Problem> => {
  const parser = parse({ bom: true, relax_column_count: true, max_record_size: 100_000 });
  try {
    // In pieces, so that parsing a large file does not block other requests.
    return await readRecords(Readable.from(piecesOf(text)).pipe(parser), known);
  } catch (error) {
    const parsed = csvError.safeParse(error);
    if (!parsed.success) throw error;
    return invalid([{ path: 'body', message: parsed.data.message }]);
  }
};

const PIECE = 64 * 1024;

function* piecesOf(text: string): Generator<Buffer> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += PIECE) yield bytes.subarray(from, from + PIECE);
}
