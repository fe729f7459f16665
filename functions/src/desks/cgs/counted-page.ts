import { z } from 'zod';
import { pageSchema, readPage } from '../../kernel/store/page.ts';
import type { Criteria } from '../../kernel/store/query.ts';
import type { Store } from '../../kernel/store/store.ts';
import { optional } from './domain/schemas.ts';

/** The parameter of a list that can be counted. */
export const countQuery = {
  count: optional(z.enum(['true', 'false'])).meta({ description: 'whether to return `total`' }),
};

/** `page` of such a list. */
export const countedPageSchema = pageSchema.extend({
  total: z.int().optional().meta({
    description: 'with `count=true`: how many match in all; of `q`, its longest word counts',
  }),
});

interface Asked {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly count?: 'true' | 'false' | undefined;
}

/** One page of a list, and with `count=true` how many rows there are in all: one more read for each
 * 1,000 of them. */
export const readCountedPage = async <T>(
  store: Store,
  criteria: Criteria<T>,
  asked: Asked,
  fits?: (row: T) => boolean,
) => {
  const [{ rows, page }, total] = await Promise.all([
    readPage(store, criteria, asked, fits),
    asked.count === 'true' ? store.count(criteria) : undefined,
  ]);
  return { rows, page: { ...page, ...(total === undefined ? {} : { total }) } };
};
