import { z } from 'zod';
import { pageQuery } from '../../../kernel/store/page.ts';
import type { Criteria } from '../../../kernel/store/query.ts';
import { keywordsOf, searchWords } from '../domain/keywords.ts';
import type { Person } from '../domain/schemas.ts';
import { fieldOf, type Resource, type Stored } from './resource.ts';

const SHORTEST = 2;

const q = z
  .string()
  .trim()
  .min(SHORTEST)
  .max(100)
  .optional()
  .meta({ description: 'beginnings of words, all of which must be there' });

/** The query parameters of a list, and of an export, which has no pages. */
export const listQueryOf = (filters: Readonly<Record<string, z.ZodOptional>> = {}) => ({
  list: z.strictObject({ ...filters, ...pageQuery, q }),
  export: z.strictObject({ ...filters, q }),
});

/**
 * What a list asks the store: the longest word of the search, and the filters, within the
 * caller's reach. No alternative where a filter leads out of it.
 */
export const visible = <G extends object, D extends Stored>(
  resource: Resource<G, D>,
  query: { readonly q?: string | undefined },
  { role, region }: Person,
): Criteria<D>['anyOf'] => {
  const filters = Object.keys(resource.filters ?? {}).map((name) => [name, fieldOf(query, name)]);
  const own = resource.isRegional === true && role === 'NOC' ? { region } : {};
  const [keywords] = searchWords(query.q ?? '');
  return resource.collection.queries.list.within(own, { ...Object.fromEntries(filters), keywords });
};

/** Whether the other words of a search are there too: the store takes one alone. */
export const matches = <G extends object, D extends Stored>(
  { words }: Resource<G, D>,
  text: string | undefined,
  data: D,
): boolean => {
  const [, ...others] = searchWords(text ?? '');
  if (others.length === 0) return true;
  const keywords = new Set(keywordsOf(...words(data)));
  return others.every((word) => keywords.has(word));
};

/** Whether the caller may see a record. */
export const maySee = <G extends object, D extends Stored>(
  { isRegional }: Resource<G, D>,
  data: D,
  { role, region }: Person,
): boolean => isRegional !== true || role === 'SuperAdmin' || fieldOf(data, 'region') === region;
