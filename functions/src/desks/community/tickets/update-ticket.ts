import { editBody, readOnlyChanges } from '../../../kernel/http/edit-body.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { ATTACH_REFUSALS, droppedMedia, editedMedia } from '../../../kernel/media/attach.ts';
import { mediaKeys, namedIn } from '../../../kernel/media/paths.ts';
import { Problem } from '../../../kernel/problem.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { community, problemOf } from '../desk.ts';
import { editedImages } from '../images.ts';
import { categories, named, statuses, tickets } from '../records.ts';
import { updateTicketBody } from '../domain/schemas.ts';
import { editTicket } from '../domain/ticket.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { ticketToWire, ticketWireSchema, ticketWithNamesSchema } from '../wire.ts';
import { hasNames, withNames } from './shown-names.ts';

/** Changes a ticket and its status; omitted fields stay as they are. */
export const updateTicket = community.endpoint({
  method: 'put',
  path: '/tickets/:id',
  summary: 'Changes a ticket; a resident changes their own, and cancels it while it is Nuevo',
  returns: 'the ticket as it is now',
  contract: 'PUT /api/tickets/{id}',
  roles: ROLES,
  refusals: [
    'ticket/not-found',
    'ticket/not-yours',
    'ticket/status-not-yours',
    'ticket/not-new',
    'category/unknown',
    'status/unknown',
    ...ATTACH_REFUSALS,
  ],
  input: { ...noInput, params: byNumber, body: editBody(updateTicketBody, ticketWithNamesSchema) },
  status: 200,
  output: ticketWireSchema,
  // The caller, the ticket and the status.
  cost: { reads: 3, writes: 1 },
  audit: 'ticket',
  sample: { as: 'ADMIN_COMPANY', given: 'ticket', body: { statusId: 4 } },
  loads: ({ params, body }) => [
    tickets.doc(params.id),
    ...named(categories, body.asked.categoriaTicketId),
    ...named(statuses, body.asked.statusId),
    ...mediaKeys(namedIn('imageUrls', body.asked.imageUrls)),
  ],
  handle: ({ input: { params, body }, runtime, store, actor: caller, change }) => {
    const { asked, sent } = body;
    const key = tickets.doc(params.id);
    return change({
      gather: async (reads) => {
        // The names are read only for a request that sends the ticket as it was read.
        const seen = hasNames(sent) ? reads.get(key)?.data : undefined;
        const [[present], dropped] = await Promise.all([
          withNames(store, caller, seen === undefined ? [] : [seen]),
          droppedMedia(store, editedImages(reads, key, asked)),
        ]);
        return { present, dropped };
      },
      decide: ({ reads, gathered: { present, dropped }, actor, now }) => {
        const seen = reads.get(key);
        const [category] = named(categories, asked.categoriaTicketId).map(reads.get);
        const [status] = named(statuses, asked.statusId).map(reads.get);
        if (seen === undefined) return community.refuse('ticket/not-found');
        const found = { category: category?.data, status: status?.data };
        const decision = editTicket(asked, found, seen.data, actor, now);
        if (!decision.ok) return problemOf(decision);
        const changed = readOnlyChanges(sent, updateTicketBody, present ?? ticketToWire(seen.data));
        if (changed !== undefined) return changed;
        const attaching = { reads, by: actor.uid, hosts: runtime.config.mediaHosts, now };
        const images = editedImages(reads, key, asked);
        const photos = editedMedia('imageUrls', images, dropped, attaching);
        if (photos instanceof Problem) return photos;
        return {
          writes: [tickets.update(seen, decision.patch), ...photos],
          answer: ticketToWire({ ...seen.data, ...decision.patch }),
        };
      },
    });
  },
});
