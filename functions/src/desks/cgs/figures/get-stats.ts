import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { invalid } from '../../../kernel/problem.ts';
import { cgs } from '../desk.ts';
import { monthOf, monthsBetween } from './month.ts';
import { optional } from '../domain/schemas.ts';
import { REGIONS, OFFICERS } from '../domain/vocabulary.ts';
import { figuresId, figuresOf, sum } from './figures.ts';
import { figures } from './follow-tickets.ts';

const MOST_MONTHS = 24;

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'Send a month as YYYY-MM.');

/** `from` and `to`, both included. */
export const monthRange = { from: optional(month), to: optional(month) };

/** The months that a request asks for, oldest first; 400 for none or too many. */
export const monthsAsked = (
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: Date,
  timeZone: string,
) => {
  const current = monthOf(now, timeZone).id;
  const months = monthsBetween(
    from ?? to ?? current,
    to ?? (from && from > current ? from : current),
  );
  if (months.length > 0 && months.length <= MOST_MONTHS) return months;
  return invalid([{ path: 'from', message: `Ask for 1 to ${MOST_MONTHS} months, oldest first.` }]);
};

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
