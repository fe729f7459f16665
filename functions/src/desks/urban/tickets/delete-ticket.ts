import { noInput } from '../../../kernel/http/endpoint.ts';
import { attachedMedia, release } from '../../../kernel/media/attach.ts';
import { problemOf, urban } from '../desk.ts';
import { byId, tickets } from '../records.ts';
import { refusalOfDelete } from '../domain/ticket.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { ticketWireSchema, toWire } from '../wire.ts';

/** Deletes a ticket, whatever its status. */
export const deleteTicket = urban.endpoint({
  method: 'delete',
  path: '/tickets/:id',
  summary: 'Deletes a ticket and returns it as it was',
  returns: 'the ticket as it was',
  contract: 'Permissions, ticket:delete',
  roles: ROLES,
  refusals: ['ticket/not-found', 'ticket/forbidden'],
  input: { ...noInput, params: byId },
  status: 200,
  output: ticketWireSchema,
  cost: { reads: 2, writes: 1 },
  audit: 'ticket',
  sample: { as: 'Reader', given: 'pending' },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: ({ input: { params }, actor, store, change }) => {
    const key = tickets.doc(params.id);
    return change({
      gather: async (reads) => {
        const ticket = reads.get(key)?.data;
        const isTheirs = ticket !== undefined && refusalOfDelete(ticket, actor) === undefined;
        const values = isTheirs ? ticket.attachments : [];
        return attachedMedia(store, [{ holder: key.path, values }]);
      },
      decide: ({ reads, gathered: photos, actor: caller, now }) => {
        const seen = reads.get(key);
        if (seen === undefined) return urban.refuse('ticket/not-found');
        const refused = refusalOfDelete(seen.data, caller);
        if (refused !== undefined) return problemOf(refused);
        return {
          writes: [tickets.remove(seen), ...release(photos, now)],
          answer: toWire(seen.data),
        };
      },
    });
  },
});
