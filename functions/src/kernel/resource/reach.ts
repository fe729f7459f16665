import { fieldOf } from '../store/page.ts';
import type { Equal } from '../store/query.ts';

/** For each field, the values whose records a caller may see; undefined for all. */
export type Bounds<A> = Readonly<
  Record<string, ((actor: A) => readonly unknown[] | undefined) | undefined>
>;

/** Whether the caller may see a record. */
export const isWithin = <A>(reach: Bounds<A> = {}, actor: A, data: object): boolean =>
  Object.entries(reach).every(
    ([field, valuesOf]) => valuesOf?.(actor)?.includes(fieldOf(data, field)) ?? true,
  );

/**
 * The alternatives of a list within the caller's reach: one for each value that they may see, and
 * none if a filter asks for another value.
 */
export const narrowed = <A>(reach: Bounds<A> = {}, actor: A, filters: Equal): readonly Equal[] =>
  Object.entries(reach).reduce<readonly Equal[]>(
    (alternatives, [field, valuesOf]) => {
      const values = valuesOf?.(actor);
      if (values === undefined) return alternatives;
      return field in filters
        ? alternatives.filter(() => values.includes(filters[field]))
        : alternatives.flatMap((each) => values.map((value) => ({ ...each, [field]: value })));
    },
    [filters],
  );
