import type { z } from 'zod';
import { hasOtherWords, searchParam } from '../search.ts';
import { fieldOf } from '../store/page.ts';
import type { Criteria } from '../store/query.ts';
import type { Stored } from './declaration.ts';
import { narrowed } from './reach.ts';
import type { Served } from './served.ts';
import { textOf } from './plan-record.ts';

const FINDS = 'beginnings of words; a record must have all of them';

/** The query parameters that narrow a list or an export. */
export const filtersOf = <A, D extends Stored>({
  kind,
  style,
}: Served<A, D>): z.core.$ZodShape => ({
  ...kind.place?.query,
  ...kind.filters,
  ...(kind.words && style.search && { q: searchParam(style.search, FINDS) }),
});

const wordsOf = <A, D extends Stored>({ style }: Served<A, D>, query: object) =>
  style.search?.wordsOf(textOf(fieldOf(query, 'q'))) ?? [];

/**
 * The criteria of a list: the longest word of the search and the filters, within the caller's reach.
 */
export const criteriaOf = <A, D extends Stored>(
  served: Served<A, D>,
  query: object,
  actor: A,
): Criteria<D> => {
  const { collection, filters = {}, place, reach } = served.kind;
  const sent = Object.entries(query).filter(
    ([name, value]) => name in filters && value !== undefined,
  );
  const [keywords] = wordsOf(served, query);
  const anyOf = narrowed(reach, actor, { ...place?.equal(query), ...Object.fromEntries(sent) });
  return { anyOf: anyOf.map((equal) => collection.queries.list.where({ ...equal, keywords })) };
};

/** Whether a record has the other words of a search, too: the store can look up only one. */
export const findsBy = <A, D extends Stored>(served: Served<A, D>, query: object) => {
  const words = wordsOf(served, query);
  return (data: D): boolean => hasOtherWords(words, () => served.kind.keywords?.(data) ?? []);
};
