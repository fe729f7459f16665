import { z } from 'zod';
import { collection } from '../../../kernel/store/collection.ts';
import { REGIONS } from '../domain/vocabulary.ts';
import { DIMENSIONS, subjectsSchema } from './subjects.ts';

/** By which of its months a ticket is counted: that of its creation, or of its closing. */
export const BASES = ['created', 'closed'] as const;
export type Basis = (typeof BASES)[number];

const counters = z.record(z.string(), z.int());
const region = z.enum(REGIONS);
const sumSchema = z.object({ month: z.string(), region, counters });

/** `stats/{month}-{region}`: the sum of the shares of the tickets created in that month. */
export const figures = collection('stats', sumSchema, { unindexed: ['counters'] });

/** `statsClosed/{month}-{region}`: the same of those closed in it. */
export const closedFigures = collection('statsClosed', sumSchema, { unindexed: ['counters'] });

const rowSchema = sumSchema.extend({
  basis: z.enum(BASES),
  by: z.enum(DIMENSIONS),
  subject: z.string(),
  name: z.string(),
});
export type Row = z.output<typeof rowSchema>;

/** `statsRows/{basis}-{month}-{region}-{by}-{subject}`: the same of the tickets of one FOC, area, ISP or indication. */
export const rows = collection('statsRows', rowSchema, {
  unindexed: ['counters', 'name'],
  queries: {
    of: { equal: ['basis', 'by', 'month'], optional: ['region'], orderBy: 'subject' },
  },
});

const countedSchema = z.object({
  month: z.string(),
  region,
  closedIn: z.string().nullable(),
  /** For repeats: the client and when the ticket was created. Null when it is none for them. */
  occurrence: z.object({ client: z.string(), at: z.date() }).nullable(),
  subjects: subjectsSchema,
  share: counters,
});
/** How a ticket is counted: in which months and region, for whom, and as what. */
export type Counted = z.output<typeof countedSchema>;

/** `statsShares/{ticket}`: how the ticket is counted in all figures at present. */
export const shares = collection('statsShares', countedSchema, {
  unindexed: ['share', 'subjects', 'month', 'region', 'closedIn', 'occurrence'],
});

/** `statsClients/{client}`: when its tickets were created, those that count for repeats. */
export const occurrences = collection(
  'statsClients',
  z.object({ tickets: z.record(z.string(), z.date()) }),
  { unindexed: ['tickets'] },
);
