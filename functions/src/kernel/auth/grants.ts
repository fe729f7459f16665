import type { z } from 'zod';
import type { FieldError } from '../problem.ts';
import type { DocKey, Reads } from '../store/document.ts';
import type { Alternative } from '../store/query.ts';
import type { UniqueValue } from '../store/unique.ts';

/** What must hold of an access to a desk before it is granted, beyond its schema. */
export interface GrantRules<Access = unknown> {
  /** The records that the access names. */
  readonly records?: (access: Access) => readonly DocKey<unknown>[];
  /** What is wrong with its fields, given those records. */
  readonly errorsOf?: (access: Access, reads: Reads) => readonly FieldError[];
  /** A value that only one person may have. */
  readonly unique?: {
    readonly value: (access: Access) => UniqueValue;
    /** The people who have it. */
    readonly holders: (access: Access) => Alternative<unknown>;
  };
}

/** The rules for an access that was parsed by the desk's schema, for callers who do not know it. */
export const grantRules = <S extends z.ZodType>(
  schema: S,
  { records, errorsOf, unique }: GrantRules<z.output<S>>,
): GrantRules => ({
  ...(records && { records: (access) => records(schema.parse(access)) }),
  ...(errorsOf && { errorsOf: (access, reads) => errorsOf(schema.parse(access), reads) }),
  ...(unique && {
    unique: {
      value: (access) => unique.value(schema.parse(access)),
      holders: (access) => unique.holders(schema.parse(access)),
    },
  }),
});
