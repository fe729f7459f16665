import { fieldOf } from '../store/page.ts';
import type { Equal } from '../store/query.ts';

/** The values of each field that a caller may see; undefined for all of them. */
type Bounds<A> = Readonly<
  Record<string, ((actor: A) => readonly unknown[] | undefined) | undefined>
>;

/** Whether the caller may see a record. */
export const isWithin = <A>(reach: Bounds<A> = {}, actor: A, data: object): boolean =>
  Object.entries(reach).every(
    ([field, valuesOf]) => valuesOf?.(actor)?.includes(fieldOf(data, field)) ?? true,
  );

/**
 * What a list compares, within the caller's reach: one alternative for each value that they may
 * see, and none where a filter leads out of it.
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
