import { editBody, readOnlyChanges } from '../../../kernel/http/edit-body.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { editComment } from '../domain/comment.ts';
import { community, problemOf } from '../desk.ts';
import { comments } from '../records.ts';
import { updateCommentBody } from '../domain/schemas.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { commentToWire, commentWireSchema } from '../wire.ts';

/** Changes a comment, for its author or an administrator. */
export const updateComment = community.endpoint({
  method: 'put',
  path: '/comentarios/:id',
  summary: 'Changes a comment; omitted fields stay as they are',
  returns: 'the comment as it is now',
  contract: 'PUT /api/comentarios/{id}',
  roles: ROLES,
  refusals: ['comment/not-found', 'comment/not-yours'],
  input: { ...noInput, params: byNumber, body: editBody(updateCommentBody, commentWireSchema) },
  status: 200,
  output: commentWireSchema,
  cost: { reads: 2, writes: 1 },
  audit: 'ticket',
  sample: { as: 'RESIDENT', given: 'comment', body: { comentarioTexto: 'Ya funciona.' } },
  loads: ({ params }) => [comments.doc(params.id)],
  handle: ({ input: { params, body }, change }) => {
    const { asked, sent } = body;
    return change({
      decide: ({ reads, actor, now }) => {
        const seen = reads.get(comments.doc(params.id));
        if (seen === undefined) return community.refuse('comment/not-found');
        const decision = editComment(asked, seen.data, actor, now);
        if (!decision.ok) return problemOf(decision);
        const changed = readOnlyChanges(sent, updateCommentBody, commentToWire(seen.data));
        if (changed !== undefined) return changed;
        return {
          writes: [comments.update(seen, decision.patch)],
          answer: commentToWire({ ...seen.data, ...decision.patch }),
        };
      },
    });
  },
});
