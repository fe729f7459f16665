import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import { pageQuery } from '../../../kernel/store/page.ts';
import { cgs, listOf } from '../desk.ts';
import { OFFICERS } from '../domain/vocabulary.ts';
import { figureFilters, figuresAsked, readFigureRows } from './figure-rows.ts';
import { figureRowSchema } from './wire.ts';

/** Figures of each month, region, FOC, area, ISP or indication, in pages. */
export const listFigures = cgs.endpoint({
  method: 'get',
  path: '/figures',
  summary: 'Lists counts and times by month, region, FOC, area, ISP or indication',
  contract: 'Figures',
  roles: OFFICERS,
  input: { ...noInput, query: z.strictObject({ ...figureFilters, ...pageQuery }) },
  status: 200,
  returns: 'a page of figures, one row for each; those without tickets are left out',
  output: listOf(figureRowSchema),
  // As many for each month and region that is asked for.
  cost: { reads: (found) => Math.max(1, found) + 1, writes: 0 },
  sample: { as: 'NOC', given: 'figures', query: { by: 'indication', basis: 'closed' } },
  handle: async ({ input: { query }, ...context }) => {
    const asked = figuresAsked(query, context);
    return asked instanceof Problem ? asked : readFigureRows(context.store, asked, query);
  },
});
