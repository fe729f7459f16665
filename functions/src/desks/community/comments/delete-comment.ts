import { noInput } from '../../../kernel/http/endpoint.ts';
import type { Reads } from '../../../kernel/store/document.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { decideComment } from '../domain/comment.ts';
import { ticketKeys } from './create-comment.ts';
import { community, problemOf } from '../desk.ts';
import { comments, REPLIES } from '../records.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { commentToWire, commentWireSchema } from '../wire.ts';

/**
 * Deletes a comment that nobody has replied to. Replies are looked for after the comment was read,
 * and a reply touches it: so none is left without what it replies to.
 */
export const deleteComment = community.endpoint({
  method: 'delete',
  path: '/comentarios/:id',
  summary: 'Deletes a comment without replies, and answers what was deleted',
  contract: 'DELETE /api/comentarios/{id}',
  roles: ROLES,
  input: { ...noInput, params: byNumber },
  status: 200,
  output: commentWireSchema,
  // The caller, the comment and the search for replies; the comment and its ticket.
  cost: { reads: 3, writes: 2 },
  sample: { as: 'RESIDENT', given: 'comment' },
  loads: ({ params }) => [comments.doc(params.id)],
  handle: ({ input: { params }, actor, now, store, change }) => {
    const key = comments.doc(params.id);
    let hasReplies = false;
    const commentIn = (reads: Reads) => reads.get(key)?.data;
    return change(
      ({ reads, actor: member, now: moment }) => {
        const seen = reads.get(key);
        const command = { name: 'delete', hasReplies } as const;
        const decision = decideComment(command, seen?.data, member, moment);
        if (!decision.ok) return problemOf(decision);
        if (seen === undefined)
          throw new Error(`comment ${params.id} was decided on but not there`);
        const { origen, idOrigen } = seen.data;
        return {
          writes: [
            comments.remove(seen),
            ...ticketKeys(origen, idOrigen).map(
              ({ path }) =>
                ({
                  op: 'touch',
                  path,
                  data: { commentedAt: moment },
                  increment: { commentCount: -1 },
                }) as const,
            ),
          ],
          answer: commentToWire(seen.data),
        };
      },
      async (declared) => {
        const command = { name: 'delete', hasReplies: false } as const;
        const comment = commentIn(declared);
        if (comment === undefined || !decideComment(command, comment, actor, now).ok) return [];
        const anyOf = [{ shape: REPLIES, equal: { idComment: comment.id } }];
        hasReplies = (await store.find(comments.doc, { anyOf, limit: 1 })).length > 0;
        return [];
      },
    );
  },
});
