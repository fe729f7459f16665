import type { z } from 'zod';
import type { PageStyle } from '../http/answer-style.ts';
import type { Search } from '../search.ts';
import type { Reason } from './declaration.ts';

/** What an endpoint returns about a record, without the desk's own envelope. */
export interface Envelope {
  readonly schema: (wire: z.ZodType) => z.ZodType;
  /** @param record in the wire's form; `one` is its kind, such as `area` */
  readonly of: (record: object, one: string) => unknown;
  /** For OpenAPI, where it holds something else than the record. */
  readonly returns?: string;
}

export type Operation = 'list' | 'get' | 'export' | 'create' | 'update' | 'remove' | 'import';

/** The format of a desk's records, the same for all their kinds. */
export interface Style<Code extends string> {
  readonly list: PageStyle;
  readonly get: Envelope;
  /** The same as `get` by default, as are `update` and `remove`. */
  readonly create?: Envelope;
  readonly update?: Envelope;
  readonly remove?: Envelope;
  /** What is appended to the name of the contract's section. */
  readonly sections?: Readonly<Record<Operation, string>>;
  /** The kernel's 404 and 400 are used for reasons without a code. */
  readonly refusals: { readonly inUse: Code } & Readonly<Partial<Record<Reason, Code>>>;
  readonly search?: Search;
}
