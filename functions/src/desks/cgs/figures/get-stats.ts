import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { cgs } from '../desk.ts';
import { optional } from '../domain/schemas.ts';
import { monthRange, monthsAsked } from './months-asked.ts';
import { REGIONS, OFFICERS } from '../domain/vocabulary.ts';
import { figuresId, figuresOf, sum } from './figures.ts';
import { figures } from './follow-tickets.ts';

const counts = z.record(z.string(), z.int());
const time = z.object({ count: z.int(), mean: z.number().nullable(), p90: z.number().nullable() });
const figuresSchema = z
  .object({
    tickets: z.int(),
    byType: counts,
    byStatus: counts,
    bySla: counts,
    byResolution: counts,
    byCancelCategory: counts,
    accept: time,
    travel: time,
    work: time,
  })
  .meta({
    id: 'Figures',
    description: 'counts, and times in minutes; p90 is right to 5 % of its value',
  });

const rowSchema = figuresSchema.extend({ month: z.string(), region: z.enum(REGIONS) });

/** Figures by month and region, and their total; the cost depends on the months only. */
export const getStats = cgs.endpoint({
  method: 'get',
  path: '/stats',
  summary: 'Returns counts and times by month and region',
  contract: 'Figures',
  roles: OFFICERS,
  input: {
    ...noInput,
    query: z.strictObject({ ...monthRange, region: optional(z.enum(REGIONS)) }),
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
    const reach = actor.role === 'NOC' ? [actor.region] : REGIONS;
    const regions = reach.filter((each) => query.region === undefined || each === query.region);
    const asked = months.flatMap((each) =>
      regions.map((region) => ({ month: each, region, key: figures.doc(figuresId(each, region)) })),
    );
    const reads = await store.load(asked.map(({ key }) => key));
    const rows = asked.map(({ month: each, region, key }) => ({
      month: each,
      region,
      counters: reads.get(key)?.data.counters ?? {},
    }));
    return {
      result: rows.map(({ counters, ...row }) => ({ ...row, ...figuresOf(counters) })),
      total: figuresOf(sum(rows.map(({ counters }) => counters))),
    };
  },
});
