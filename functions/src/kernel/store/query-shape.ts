/** One sort key of a query. */
export type SortKey = { readonly field: string; readonly direction: 'asc' | 'desc' };

/** Sorts by the document's id alone, which needs no composite index whatever is compared. */
export const BY_ID = { field: '__name__', direction: 'asc' } as const satisfies SortKey;

/**
 * What an index must serve: the fields of a query without their values. Desks export theirs as
 * `queries`, and `scripts/check-indexes.ts` holds them against `firestore.indexes.json`.
 */
export type QueryShape = {
  readonly name: string;
  readonly collection: string;
  /** Fields always compared with `==` or `in`. */
  readonly equal?: readonly string[];
  /** Fields compared with `==` or `in` in some requests: any combination of them may be present. */
  readonly optional?: readonly string[];
  readonly arrayContains?: string;
  /** The field of a range comparison. Without `orderBy`, Firestore sorts by it, ascending. */
  readonly inequality?: string;
  readonly orderBy?: readonly SortKey[];
};
