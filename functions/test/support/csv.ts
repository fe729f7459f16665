import { parse } from 'csv-parse/sync';
import { z } from 'zod';

const rowsSchema = z.array(z.record(z.string(), z.string()));

/** The rows of an export by the names of its columns. */
export const csvRows = (text: string): z.output<typeof rowsSchema> =>
  rowsSchema.parse(parse(text, { columns: true }));
