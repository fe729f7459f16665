import { noInput } from '../../../kernel/http/endpoint.ts';
import { ATTACH_REFUSALS, attachable, attachTo } from '../../../kernel/media/attach.ts';
import { mediaKeys, namedIn } from '../../../kernel/media/paths.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { DocKey, Write } from '../../../kernel/store/document.ts';
import { addComment, companyOf } from '../domain/comment.ts';
import { community, problemOf } from '../desk.ts';
import { comments, companies, counterOf, named } from '../records.ts';
import { createCommentBody } from '../domain/schemas.ts';
import { ROLES, TICKET_ORIGIN } from '../domain/vocabulary.ts';
import { commentToWire, commentWireSchema } from '../wire.ts';
import { counted, ticketKeys } from './commented-ticket.ts';

/** A comment that is replied to counts its replies, so it can't be deleted under a new one. */
const replied = ({ path }: DocKey<unknown>): Write => ({
  op: 'patch',
  path,
  by: { replyCount: 1 },
});

/**
 * Adds a comment. Its ticket counts its comments, so it can't be deleted while one is added, and
 * comments never wait for each other.
 */
export const createComment = community.endpoint({
  method: 'post',
  path: '/comentarios',
  summary: 'Comments on a ticket or on anything else, or replies to a comment',
  returns: 'the new comment',
  contract: 'POST /api/comentarios',
  roles: ROLES,
  refusals: [
    'ticket/not-found',
    'ticket/full',
    'company/needed',
    'company/unknown',
    'comment/parent-unknown',
    ...ATTACH_REFUSALS,
  ],
  input: { ...noInput, body: createCommentBody },
  status: 201,
  output: commentWireSchema,
  // Reads the caller, the ticket and the counter; writes the last two and the comment.
  cost: { reads: 3, writes: 3 },
  sample: {
    as: 'RESIDENT',
    given: 'ticket',
    body: { origen: 'ticket', idOrigen: '{id}', comentarioTexto: 'Sigue sin funcionar.' },
  },
  loads: ({ body }) => [
    ...ticketKeys(body.origen, body.idOrigen),
    ...named(comments, body.idComment),
    ...mediaKeys(namedIn('imageUrls', body.imageUrls)),
  ],
  handle: ({ input: { body }, actor, runtime, store, changeNumbered }) =>
    changeNumbered({
      counter: counterOf('comment'),
      gather: async (reads) => {
        if (body.origen === TICKET_ORIGIN) return { company: undefined };
        const [parent] = named(comments, body.idComment).map(reads.get);
        const [key] = named(companies, companyOf(body, parent?.data, actor));
        return { company: key && (await store.get(key)) };
      },
      decide: ({ reads, gathered: { company }, actor: member, now }) => {
        const [ticket] = ticketKeys(body.origen, body.idOrigen).map(reads.get);
        const [parent] = named(comments, body.idComment).map(reads.get);
        const subject = { ticket: ticket?.data, company: company?.data, parent: parent?.data };
        const adding = addComment(body, subject, member, now);
        if (!adding.ok) return problemOf(adding);
        const { mediaHosts: hosts } = runtime.config;
        const images = namedIn('imageUrls', body.imageUrls);
        const photos = attachable(images, { reads, by: member.uid, hosts });
        if (photos instanceof Problem) return photos;
        return (id) => {
          const comment = adding.comment(id);
          return {
            writes: [
              comments.create(String(id), comment),
              ...attachTo(comments.doc(String(id)).path, photos),
              ...ticketKeys(body.origen, body.idOrigen).map((key) => counted(key, 1)),
              ...named(comments, body.idComment).map(replied),
            ],
            answer: commentToWire(comment),
          };
        };
      },
    }),
});
