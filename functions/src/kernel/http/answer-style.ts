import { z } from 'zod';

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
