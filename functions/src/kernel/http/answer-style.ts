import { z } from 'zod';
import { barePageQuery, pageHeaders, type pageQuery, type pageSchema } from '../store/page.ts';

/** How a desk answers with one record or a list, within the envelope of its responses. */
export interface AnswerStyle {
  readonly one: {
    readonly schema: (record: z.ZodType) => z.ZodType;
    readonly of: (record: object) => unknown;
  };
  readonly list: {
    readonly schema: (record: z.ZodType) => z.ZodType;
    readonly of: (records: readonly object[]) => unknown;
  };
}

/** Records and lists as they are. */
export const BARE: AnswerStyle = {
  one: { schema: (record) => record, of: (record) => record },
  list: { schema: (record) => z.array(record), of: (records) => records },
};

/** How a desk answers with a page of a list. */
export interface PageStyle {
  readonly page: typeof pageQuery;
  readonly schema: (record: z.ZodType) => z.ZodType;
  readonly of: (rows: readonly object[], page: z.output<typeof pageSchema>) => unknown;
  /** The header with the next page's cursor, for lists that have no room for it. */
  readonly headers?: z.ZodObject;
}

/** Pages of rows as they are. */
export const BARE_PAGES: PageStyle = {
  ...BARE.list,
  page: barePageQuery,
  headers: pageHeaders,
};
