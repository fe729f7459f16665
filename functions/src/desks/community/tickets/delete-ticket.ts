import { noInput } from '../../../kernel/http/endpoint.ts';
import { attachedMedia, release } from '../../../kernel/media/attach.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { community, problemOf } from '../desk.ts';
import { comments, commentsOn, tickets } from '../records.ts';
import { refusalOf } from '../domain/ticket.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { ticketToWire, ticketWireSchema } from '../wire.ts';

/**
 * Deletes a ticket and its comments in one commit. The comments are read after the ticket. A comment
 * added in between changes the ticket, so the delete is decided again; a later comment finds no
 * ticket.
 */
export const deleteTicket = community.endpoint({
  method: 'delete',
  path: '/tickets/:id',
  summary: 'Deletes a ticket and its comments, and returns the ticket as it was',
  returns: 'the ticket as it was',
  contract: 'DELETE /api/tickets/{id}',
  roles: ROLES,
  refusals: ['ticket/not-found', 'ticket/not-yours'],
  input: { ...noInput, params: byNumber },
  status: 200,
  output: ticketWireSchema,
  // The caller, the ticket and each comment, of which the sample has one.
  cost: { reads: 3, writes: 2 },
  audit: 'ticket',
  sample: { as: 'RESIDENT', given: 'ticket' },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: ({ input: { params }, actor, store, change }) => {
    const key = tickets.doc(params.id);
    return change({
      gather: async (reads) => {
        const ticket = reads.get(key)?.data;
        // The comments are read only for a caller who may delete the ticket.
        const isTheirs = ticket !== undefined && refusalOf(ticket, actor) === undefined;
        if (!isTheirs) return { replies: [], photos: [] };
        const replies = await commentsOn(store, ticket);
        const shown = [{ key, data: ticket }, ...replies].map(({ key: { path }, data }) => ({
          holder: path,
          values: data.imageUrls,
        }));
        return { replies, photos: await attachedMedia(store, shown) };
      },
      decide: ({ reads, gathered: { replies, photos }, actor: member, now }) => {
        const seen = reads.get(key);
        if (seen === undefined) return community.refuse('ticket/not-found');
        const refused = refusalOf(seen.data, member);
        if (refused !== undefined) return problemOf(refused);
        return {
          writes: [tickets.remove(seen), ...replies.map(comments.remove), ...release(photos, now)],
          answer: ticketToWire(seen.data),
        };
      },
    });
  },
});
