import { noInput } from '../../../kernel/http/endpoint.ts';
import type { DocKey, Reads } from '../../../kernel/store/document.ts';
import { numberText } from '../../../kernel/store/numbered.ts';
import { addComment, companyOf, type Subject } from '../domain/comment.ts';
import { community, problemOf } from '../desk.ts';
import { comments, companies, counterOf, named, tickets } from '../records.ts';
import {
  type Company,
  type CreateComment,
  createCommentBody,
  type Ticket,
} from '../domain/schemas.ts';
import { ROLES, TICKET_ORIGIN } from '../domain/vocabulary.ts';
import { commentToWire, commentWireSchema } from '../wire.ts';

/** The ticket that an origin names, if it does. */
export const ticketKeys = (origen: string, idOrigen: string): DocKey<Ticket>[] =>
  origen === TICKET_ORIGIN && numberText.safeParse(idOrigen).success ? [tickets.doc(idOrigen)] : [];

const subjectIn = (reads: Reads, body: CreateComment, companyKey: DocKey<Company>[]): Subject => {
  const [ticket] = ticketKeys(body.origen, body.idOrigen).map(reads.get);
  const [company] = companyKey.map(reads.get);
  const [parent] = named(comments, body.idComment).map(reads.get);
  return { ticket: ticket?.data, company: company?.data, parent: parent?.data };
};

/**
 * Adds a comment. It touches what it hangs on (its ticket or company, and the comment that it
 * replies to): none of them can be deleted under it, and comments never wait for each other.
 */
export const createComment = community.endpoint({
  method: 'post',
  path: '/comentarios',
  summary: 'Comments on a ticket or on anything else, or replies to a comment',
  contract: 'POST /api/comentarios',
  roles: ROLES,
  input: { ...noInput, body: createCommentBody },
  status: 201,
  output: commentWireSchema,
  // The caller, the ticket and the counter; the last two again and the comment.
  cost: { reads: 3, writes: 3 },
  sample: {
    as: 'RESIDENT',
    given: 'ticket',
    body: { origen: 'ticket', idOrigen: '{id}', comentarioTexto: 'Sigue sin funcionar.' },
  },
  loads: ({ body }) => [
    ...ticketKeys(body.origen, body.idOrigen),
    ...named(comments, body.idComment),
  ],
  handle: ({ input: { body }, actor, changeNumbered }) => {
    let companyKey: DocKey<Company>[] = [];
    return changeNumbered(
      counterOf('comment'),
      ({ reads, actor: member, now }, id) => {
        const adding = addComment(body, subjectIn(reads, body, companyKey), member, now);
        if (!adding.ok) return problemOf(adding);
        const comment = adding.comment(id);
        const data = { commentedAt: now };
        return {
          writes: [
            comments.create(String(id), comment),
            ...ticketKeys(body.origen, body.idOrigen).map(
              ({ path }) => ({ op: 'touch', path, data, increment: { commentCount: 1 } }) as const,
            ),
            ...[...companyKey, ...named(comments, body.idComment)].map(
              ({ path }) => ({ op: 'touch', path, data }) as const,
            ),
          ],
          answer: commentToWire(comment),
        };
      },
      async (declared) => {
        const [parent] = named(comments, body.idComment).map(declared.get);
        companyKey =
          body.origen === TICKET_ORIGIN
            ? []
            : named(companies, companyOf(body, parent?.data, actor));
        return companyKey;
      },
    );
  },
});
