import { editBody, readOnlyChanges } from '../../../kernel/http/edit-body.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { ATTACH_REFUSALS, droppedMedia, editedMedia } from '../../../kernel/media/attach.ts';
import { mediaKeys, namedIn } from '../../../kernel/media/paths.ts';
import { Problem } from '../../../kernel/problem.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { editComment } from '../domain/comment.ts';
import { community, problemOf } from '../desk.ts';
import { editedImages } from '../images.ts';
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
  refusals: ['comment/not-found', 'comment/not-yours', ...ATTACH_REFUSALS],
  input: { ...noInput, params: byNumber, body: editBody(updateCommentBody, commentWireSchema) },
  status: 200,
  output: commentWireSchema,
  cost: { reads: 2, writes: 1 },
  audit: 'ticket',
  sample: { as: 'RESIDENT', given: 'comment', body: { comentarioTexto: 'Ya funciona.' } },
  loads: ({ params, body }) => [
    comments.doc(params.id),
    ...mediaKeys(namedIn('imageUrls', body.asked.imageUrls)),
  ],
  handle: ({ input: { params, body }, runtime, store, change }) => {
    const { asked, sent } = body;
    const key = comments.doc(params.id);
    return change({
      gather: (reads) => droppedMedia(store, editedImages(reads, key, asked)),
      decide: ({ reads, gathered, actor, now }) => {
        const seen = reads.get(key);
        if (seen === undefined) return community.refuse('comment/not-found');
        const decision = editComment(asked, seen.data, actor, now);
        if (!decision.ok) return problemOf(decision);
        const changed = readOnlyChanges(sent, updateCommentBody, commentToWire(seen.data));
        if (changed !== undefined) return changed;
        const attaching = { reads, by: actor.uid, hosts: runtime.config.mediaHosts, now };
        const images = editedImages(reads, key, asked);
        const photos = editedMedia('imageUrls', images, gathered, attaching);
        if (photos instanceof Problem) return photos;
        return {
          writes: [comments.update(seen, decision.patch), ...photos],
          answer: commentToWire({ ...seen.data, ...decision.patch }),
        };
      },
    });
  },
});
