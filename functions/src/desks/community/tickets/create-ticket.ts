import { noInput } from '../../../kernel/http/endpoint.ts';
import { ATTACH_REFUSALS, attachable, attachTo } from '../../../kernel/media/attach.ts';
import { mediaKeys, namedIn } from '../../../kernel/media/paths.ts';
import { Problem } from '../../../kernel/problem.ts';
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
  if (key !== undefined) return store.get(key);
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
    ...ATTACH_REFUSALS,
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
  loads: ({ body }) => [
    ...named(categories, body.categoriaTicketId),
    ...mediaKeys(namedIn('imageUrls', body.imageUrls)),
  ],
  handle: ({ input: { body }, actor, runtime, store, changeNumbered }) =>
    changeNumbered({
      counter: counterOf('ticket'),
      gather: async () => ({ resident: await residentOf(store, body, actor) }),
      decide: ({ reads, gathered: { resident }, actor: member, now }) => {
        const [category] = named(categories, body.categoriaTicketId).map(reads.get);
        const found = { category: category?.data, resident: resident?.data };
        const opening = openTicket(body, found, member, now);
        if (!opening.ok) return problemOf(opening);
        const { mediaHosts: hosts } = runtime.config;
        const images = namedIn('imageUrls', body.imageUrls);
        const photos = attachable(images, { reads, by: member.uid, hosts });
        if (photos instanceof Problem) return photos;
        return (id) => {
          const ticket = opening.ticket(id);
          const { path } = tickets.doc(String(id));
          return {
            writes: [tickets.create(String(id), ticket), ...attachTo(path, photos)],
            answer: ticketToWire(ticket),
          };
        };
      },
    }),
});
