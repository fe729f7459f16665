import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { cgs } from '../desk.ts';
import { regionFilter } from '../domain/schemas.ts';
import { OFFICERS, REGIONS } from '../domain/vocabulary.ts';
import { monthRange, monthsAsked, regionsAsked } from './asked.ts';
import { loadTotals } from './figure-rows.ts';
import { figuresOf, sum } from './figures.ts';
import { figuresSchema } from './wire.ts';

const rowSchema = figuresSchema.extend({ month: z.string(), region: z.enum(REGIONS) });

/** Figures by month of creation and region, and their total; the cost depends on the months only. */
export const getStats = cgs.endpoint({
  method: 'get',
  path: '/stats',
  summary: 'Returns counts and times by month of creation and region',
  contract: 'Figures',
  roles: OFFICERS,
  input: {
    ...noInput,
    query: z.strictObject({ ...monthRange, region: regionFilter }),
  },
  status: 200,
  returns: 'the figures of each month and region, and their total',
  output: z.object({ result: z.array(rowSchema), total: figuresSchema }),
  // One for the session, and one for each month and region.
  cost: { reads: 2, writes: 0 },
  sample: { as: 'NOC' },
  handle: async ({ input: { query }, actor, now, runtime, store }) => {
    const months = monthsAsked(query, now, runtime.config.timeZone);
    if (!Array.isArray(months)) return months;
    const regions = regionsAsked(actor, query.region);
    const totals = await loadTotals(store, { basis: 'created', months, regions });
    return {
      result: totals.map(({ counters, ...row }) => ({ ...row, ...figuresOf(counters) })),
      total: figuresOf(sum(totals.map(({ counters }) => counters))),
    };
  },
});
