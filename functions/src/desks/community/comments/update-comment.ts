import { noInput } from '../../../kernel/http/endpoint.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { decideComment } from '../domain/comment.ts';
import { community, problemOf } from '../desk.ts';
import { comments } from '../records.ts';
import { updateCommentBody } from '../domain/schemas.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { commentToWire, commentWireSchema } from '../wire.ts';

/** Changes what a comment says: its author or an administrator. */
export const updateComment = community.endpoint({
  method: 'put',
  path: '/comentarios/:id',
  summary: 'Changes a comment; what is left out stays',
  contract: 'PUT /api/comentarios/{id}',
  roles: ROLES,
  input: { ...noInput, params: byNumber, body: updateCommentBody },
  status: 200,
  output: commentWireSchema,
  cost: { reads: 2, writes: 1 },
  sample: { as: 'RESIDENT', given: 'comment', body: { comentarioTexto: 'Ya funciona.' } },
  loads: ({ params }) => [comments.doc(params.id)],
  handle: ({ input: { params, body: asked }, change }) =>
    change({
      decide: ({ reads, actor, now }) => {
        const seen = reads.get(comments.doc(params.id));
        const decision = decideComment({ name: 'edit', asked }, seen?.data, actor, now);
        if (!decision.ok) return problemOf(decision);
        if (seen === undefined || decision.patch === 'delete')
          throw new Error('an edit is an edit');
        return {
          writes: [comments.update(seen, decision.patch)],
          answer: commentToWire({ ...seen.data, ...decision.patch }),
        };
      },
    }),
});
