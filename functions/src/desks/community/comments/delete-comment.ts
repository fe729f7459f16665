import { noInput } from '../../../kernel/http/endpoint.ts';
import { attachedMedia, release } from '../../../kernel/media/attach.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { refusalOfDelete } from '../domain/comment.ts';
import { counted, ticketKeys } from './commented-ticket.ts';
import { community, problemOf } from '../desk.ts';
import { comments } from '../records.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { commentToWire, commentWireSchema } from '../wire.ts';

/**
 * Deletes a comment without replies. Replies are looked up after the comment was read, and it counts
 * them: so no reply is left without it.
 */
export const deleteComment = community.endpoint({
  method: 'delete',
  path: '/comentarios/:id',
  summary: 'Deletes a comment without replies and returns it as it was',
  returns: 'the comment as it was',
  contract: 'DELETE /api/comentarios/{id}',
  roles: ROLES,
  refusals: ['comment/not-found', 'comment/not-yours', 'comment/has-replies'],
  input: { ...noInput, params: byNumber },
  status: 200,
  output: commentWireSchema,
  // The caller, the comment and the search for replies; the comment and its ticket.
  cost: { reads: 3, writes: 2 },
  audit: 'ticket',
  sample: { as: 'RESIDENT', given: 'comment' },
  loads: ({ params }) => [comments.doc(params.id)],
  handle: ({ input: { params }, actor, store, change }) => {
    const key = comments.doc(params.id);
    return change({
      gather: async (reads) => {
        const comment = reads.get(key)?.data;
        const isTheirs = comment !== undefined && !refusalOfDelete(comment, false, actor);
        if (!isTheirs) return { hasReplies: false, photos: [] };
        const anyOf = [comments.queries.repliesTo.where({ idComment: comment.id })];
        const hasReplies = (await store.find({ anyOf, limit: 1 })).length > 0;
        const shown = [{ holder: key.path, values: comment.imageUrls }];
        return { hasReplies, photos: await attachedMedia(store, shown) };
      },
      decide: ({ reads, gathered: { hasReplies, photos }, actor: member, now }) => {
        const seen = reads.get(key);
        if (seen === undefined) return community.refuse('comment/not-found');
        const refused = refusalOfDelete(seen.data, hasReplies, member);
        if (refused !== undefined) return problemOf(refused);
        const { origen, idOrigen } = seen.data;
        return {
          writes: [
            comments.remove(seen),
            ...ticketKeys(origen, idOrigen).map((ticket) => counted(ticket, -1)),
            ...release(photos, now),
          ],
          answer: commentToWire(seen.data),
        };
      },
    });
  },
});
