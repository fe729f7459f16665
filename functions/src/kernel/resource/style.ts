import type { z } from 'zod';
import type { pageQuery, pageSchema } from '../store/page.ts';
import type { Reason } from './declaration.ts';

/** What an endpoint returns about a record, inside the desk's own envelope. */
export interface Envelope {
  readonly schema: (wire: z.ZodType) => z.ZodType;
  /** @param record on the wire; `one` is what people call it */
  readonly of: (record: object, one: string) => unknown;
  /** What it holds, where that is not the record. */
  readonly returns?: string;
}

export type Operation = 'list' | 'get' | 'export' | 'create' | 'update' | 'remove' | 'import';

/** How a desk speaks of its records: made once, for all their kinds. */
export interface Style<Code extends string> {
  readonly list: {
    readonly page: typeof pageQuery;
    readonly schema: (wire: z.ZodType) => z.ZodType;
    readonly of: (rows: readonly object[], page: z.output<typeof pageSchema>) => unknown;
    /** Where the next page begins, for lists that have no room for it. */
    readonly headers?: z.ZodObject;
  };
  readonly get: Envelope;
  /** As for `get`, unless told. */
  readonly create?: Envelope;
  readonly update?: Envelope;
  readonly remove?: Envelope;
  /** What the contract's section is followed by. */
  readonly sections?: Readonly<Record<Operation, string>>;
  /** The kernel's 404 and 400 serve where a desk has no codes of its own. */
  readonly refusals: { readonly inUse: Code } & Readonly<Partial<Record<Reason, Code>>>;
  readonly search?: {
    /** What a record with these texts is found by. */
    readonly keywordsOf: (...texts: readonly string[]) => readonly string[];
    /** The words of a search, of which the first one is looked up. */
    readonly wordsOf: (text: string) => readonly string[];
  };
}
