import { noInput } from '../../../kernel/http/endpoint.ts';
import type { Loaded } from '../../../kernel/store/document.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { community, problemOf } from '../desk.ts';
import { categories, counterOf, firstResident, named, residents, tickets } from '../records.ts';
import { type CreateTicket, createTicketBody, type Resident } from '../domain/schemas.ts';
import { type Member, openTicket } from '../domain/ticket.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { ticketToWire, ticketWireSchema } from '../wire.ts';

/** The resident of the new ticket: the caller, one by number, or a community's first. */
const residentOf = async (
  store: Store,
  { residentId, communityId }: CreateTicket,
  member: Member,
): Promise<Loaded<Resident> | undefined> => {
  const [key] = named(residents, member.role === 'RESIDENT' ? member.residentId : residentId);
  if (key !== undefined) return (await store.load([key])).get(key);
  return communityId == null ? undefined : firstResident(store, communityId);
};

/** Opens a ticket under the next number, in the status Nuevo. */
export const createTicket = community.endpoint({
  method: 'post',
  path: '/tickets',
  summary: 'Opens a ticket; an administrator says for which resident',
  returns: 'the new ticket',
  contract: 'POST /api/tickets',
  roles: ROLES,
  refusals: [
    'category/unknown',
    'resident/needed',
    'resident/unknown',
    'resident/not-yours',
    'resident/unregistered',
    'community/no-resident',
  ],
  input: { ...noInput, body: createTicketBody },
  status: 201,
  output: ticketWireSchema,
  // Reads the caller, the category, the resident and the counter; writes the counter and the ticket.
  cost: { reads: 4, writes: 2 },
  sample: {
    as: 'RESIDENT',
    given: 'neighbourhood',
    body: {
      categoriaTicketId: 1,
      contenido: 'La luz del pasillo no enciende.',
      imageUrls: ['uploads/tickets/1/photo.jpg'],
    },
  },
  loads: ({ body }) => named(categories, body.categoriaTicketId),
  handle: ({ input: { body }, actor, store, changeNumbered }) =>
    changeNumbered({
      counter: counterOf('ticket'),
      gather: async () => ({ resident: await residentOf(store, body, actor) }),
      decide: ({ reads, gathered: { resident }, actor: member, now }) => {
        const [category] = named(categories, body.categoriaTicketId).map(reads.get);
        const found = { category: category?.data, resident: resident?.data };
        const opening = openTicket(body, found, member, now);
        if (!opening.ok) return problemOf(opening);
        return (id) => {
          const ticket = opening.ticket(id);
          return { writes: [tickets.create(String(id), ticket)], answer: ticketToWire(ticket) };
        };
      },
    }),
});
