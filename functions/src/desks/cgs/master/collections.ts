import { z } from 'zod';
import { collection } from '../../../kernel/store/collection.ts';
import { BY_ID } from '../../../kernel/store/query.ts';
import { areaRefSchema, clientSchema } from '../domain/schemas.ts';
import { INDICATION_CATEGORIES } from '../domain/vocabulary.ts';

/** The keywords by which a record is searched. */
const unread = z.object({ keywords: z.array(z.string()) });

const LIST = { arrayContains: 'keywords' } as const;
const BY_NAME = {
  unread,
  queries: { list: { ...LIST, orderBy: 'name' } },
} as const;

/** Each collection of master data, read back through its schema. */
export const clients = collection('clients', clientSchema, {
  unread,
  unindexed: ['remark'],
  queries: {
    list: { ...LIST, optional: ['region', 'status'], orderBy: 'name' },
    // Clients with a copy of a record.
    withArea: { equal: ['city.id'], orderBy: BY_ID },
    withIsp: { equal: ['isp.id'], orderBy: BY_ID },
    withMainSplitter: { equal: ['ms.id'], orderBy: BY_ID },
    withSplitter: { equal: ['splitter.id'], orderBy: BY_ID },
    withPop: { equal: ['pop.id'], orderBy: BY_ID },
    // Those of a region that lose their connection with a part of the network.
    connectedToIsp: { equal: ['region', 'status', 'isp.id'], orderBy: BY_ID },
    connectedToMainSplitter: { equal: ['region', 'status', 'ms.id'], orderBy: BY_ID },
    connectedToSplitter: { equal: ['region', 'status', 'splitter.id'], orderBy: BY_ID },
    connectedToPop: { equal: ['region', 'status', 'pop.id'], orderBy: BY_ID },
  },
});

/** The dates of every record. */
const written = { createdAt: z.date(), updatedAt: z.date() };
const named = { id: z.string(), name: z.string() };
const pointSchema = z.object({ ...named, coordinate: z.string(), ...written });
export type Point = z.output<typeof pointSchema>;

export const areas = collection('areas', areaRefSchema.extend(written), {
  unread,
  queries: {
    list: { ...LIST, optional: ['region'], orderBy: 'name' },
    byName: { equal: ['region', 'name'] },
  },
});
export const mainSplitters = collection('mainSplitters', pointSchema, BY_NAME);
export const splitters = collection('splitters', pointSchema, BY_NAME);
export const pops = collection('pops', pointSchema, BY_NAME);

const ispSchema = z.object({ ...named, initial: z.string(), brand: z.string(), ...written });
export type Isp = z.output<typeof ispSchema>;
export const isps = collection('isps', ispSchema, BY_NAME);

export const indications = collection(
  'indications',
  z.object({
    id: z.string(),
    category: z.enum(INDICATION_CATEGORIES),
    indication: z.string(),
    ...written,
  }),
  {
    unread,
    queries: { list: { ...LIST, optional: ['category'], orderBy: 'indication' } },
  },
);

/** All of them, for the indexes. */
export const MASTER_COLLECTIONS = [
  clients,
  areas,
  mainSplitters,
  splitters,
  pops,
  isps,
  indications,
];
