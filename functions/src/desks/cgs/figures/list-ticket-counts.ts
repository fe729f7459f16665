import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { collection } from '../../../kernel/store/collection.ts';
import { OFFICERS } from '../domain/vocabulary.ts';
import { cgs } from '../desk.ts';
import { monthRange, monthsAsked } from './asked.ts';

const countSchema = z.object({
  count: z.int().nonnegative(),
  month: z.string(),
  year: z.int(),
});

/** `ticketcount/{month}`, the counter for the numbers of the month's tickets. */
export const counts = collection('ticketcount', countSchema);

/** The number of tickets in each month (contract, "ticketcount"); empty months are left out. */
export const listTicketCounts = cgs.endpoint({
  method: 'get',
  path: '/ticketcount',
  summary: 'Returns how many tickets were opened in each month',
  contract: 'Firestore Collection, ticketcount',
  roles: OFFICERS,
  input: { ...noInput, query: z.strictObject(monthRange) },
  status: 200,
  returns: 'the number of tickets in each month',
  output: z.object({ result: z.array(countSchema.extend({ id: z.string() })) }),
  // One for the session, and one for each month.
  cost: { reads: 2, writes: 0 },
  sample: { as: 'NOC', given: 'Open' },
  handle: async ({ input: { query }, now, runtime, store }) => {
    const months = monthsAsked(query, now, runtime.config.timeZone);
    if (!Array.isArray(months)) return months;
    const reads = await store.load(months.map((id) => counts.doc(id)));
    const found = months.flatMap((id) => {
      const seen = reads.get(counts.doc(id));
      return seen === undefined ? [] : [{ id, ...seen.data }];
    });
    return { result: found };
  },
});
