import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Profile } from '../../src/kernel/auth/person.ts';
import { defineDesk } from '../../src/kernel/http/desk.ts';
import { noInput } from '../../src/kernel/http/endpoint.ts';
import { identityEndpoints } from '../../src/kernel/identity/kit.ts';
import { collection } from '../../src/kernel/store/collection.ts';
import { pageQuery, pageSchema, readPage } from '../../src/kernel/store/page.ts';

/** Found items that people hand in: a whole desk that uses only the kernel's exports. */

const ROLES = ['Finder', 'Keeper'] as const;

const accessSchema = z.object({ role: z.enum(ROLES), active: z.boolean() });

const itemSchema = z.object({
  id: z.string(),
  number: z.int(),
  what: z.string(),
  finder: z.string(),
  status: z.enum(['Kept', 'Returned']),
  foundAt: z.date(),
});

const items = collection('lostItems', itemSchema, {
  queries: { list: { optional: ['status'], orderBy: '-foundAt' } },
});

const itemWireSchema = itemSchema.extend({ foundAt: z.iso.datetime() });
const toWire = (item: z.output<typeof itemSchema>) => ({
  ...item,
  foundAt: item.foundAt.toISOString(),
});

const REFUSALS = {
  'item/not-found': { status: 404, message: 'No such item.' },
  'item/returned': { status: 409, message: 'This item went back to its owner already.' },
} as const;

const actorOf = (person: Profile) => {
  const access = accessSchema.safeParse(person.access['lost-property']).data;
  return access?.active === true ? { id: person.id, role: access.role } : undefined;
};

const kit = defineDesk({
  name: 'lost-property',
  title: 'Lost property',
  base: '/lost',
  roles: ROLES,
  access: accessSchema,
  actorOf,
  roleOf: ({ role }) => role,
  refusals: REFUSALS,
  success: (_status, data) => data,
  successSchema: (_status, data) => data,
  failure: ({ code, message }, requestId) => ({ code, message, requestId }),
  failureSchema: z.object({ code: z.string(), message: z.string(), requestId: z.string() }),
});

const byId = z.strictObject({ id: z.uuid() });

const handIn = kit.endpoint({
  method: 'post',
  path: '/items',
  summary: 'Hands in what was found',
  contract: 'none',
  roles: ['Finder'],
  input: { ...noInput, body: z.strictObject({ what: z.string().min(1).max(100) }) },
  status: 201,
  output: itemWireSchema,
  returns: 'the item',
  cost: { reads: 2, writes: 2 },
  sample: { as: 'Finder', body: { what: 'An umbrella' } },
  handle: ({ input: { body }, changeNumbered }) => {
    const id = randomUUID();
    return changeNumbered({
      counter: () => ({ collection: 'counters', id: 'lost-items', initial: {} }),
      decide:
        ({ actor, now }) =>
        (number) => {
          const item = {
            id,
            number,
            what: body.what,
            finder: actor.id,
            status: 'Kept' as const,
            foundAt: now,
          };
          return { writes: [items.create(id, item)], answer: toWire(item) };
        },
    });
  },
});

const giveBack = kit.endpoint({
  method: 'post',
  path: '/items/:id/return',
  summary: 'Gives an item back to its owner',
  contract: 'none',
  roles: ['Keeper'],
  input: { ...noInput, params: byId },
  status: 200,
  output: itemWireSchema,
  returns: 'the item as it is now',
  cost: { reads: 2, writes: 1 },
  sample: { as: 'Keeper', given: 'item' },
  loads: ({ params }) => [items.doc(params.id)],
  handle: ({ input: { params }, change }) =>
    change({
      decide: ({ reads }) => {
        const seen = reads.get(items.doc(params.id));
        if (seen === undefined) return kit.refuse('item/not-found');
        if (seen.data.status === 'Returned') return kit.refuse('item/returned');
        const returned = { ...seen.data, status: 'Returned' as const };
        return { writes: [items.update(seen, { status: 'Returned' })], answer: toWire(returned) };
      },
    }),
});

const listItems = kit.endpoint({
  method: 'get',
  path: '/items',
  summary: 'Lists what was handed in',
  contract: 'none',
  roles: ROLES,
  input: {
    ...noInput,
    query: z.strictObject({ status: itemSchema.shape.status.optional(), ...pageQuery }),
  },
  status: 200,
  output: z.object({ items: z.array(itemWireSchema), page: pageSchema }),
  returns: 'the items, newest first',
  cost: { reads: (rows) => rows + 1, writes: 0 },
  sample: { as: 'Keeper' },
  handle: async ({ input: { query }, store }) => {
    const anyOf = [items.queries.list.where({ status: query.status })];
    const { rows, page } = await readPage(store, { anyOf }, query);
    return { items: rows.map(({ data }) => toWire(data)), page };
  },
});

const identity = identityEndpoints(kit, {
  one: { schema: (data) => data, of: (data) => data },
  list: { schema: (row) => z.array(row), of: (rows) => rows },
  done: { schema: z.strictObject({}), of: () => ({}) },
});

export const lostProperty = kit.desk({
  endpoints: [handIn, giveBack, listItems, ...identity],
  collections: [items],
  listeners: {},
  sweeps: [],
  triggers: [],
});
