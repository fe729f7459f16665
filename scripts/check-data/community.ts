import type { Comment, Ticket } from '../../functions/src/desks/community/domain/schemas.ts';
import { keywordsOfTicket } from '../../functions/src/desks/community/domain/keywords.ts';
import { TICKET_ORIGIN } from '../../functions/src/desks/community/domain/vocabulary.ts';
import {
  categories,
  comments,
  communities,
  companies,
  named,
  residents,
  statuses,
  tickets,
} from '../../functions/src/desks/community/records.ts';
import { keywordsOf } from '../../functions/src/kernel/keywords.ts';
import type { DocKey } from '../../functions/src/kernel/store/document.ts';
import { fieldOf } from '../../functions/src/kernel/store/page.ts';
import {
  checkOf,
  type DeskChecks,
  type Doc,
  expectFields,
  expectSame,
  expectThat,
  type Fault,
  type Found,
  recordCheck,
  withArchived,
} from './check.ts';
import { shownFaults, shownKeys } from './media.ts';
import { countsAcross, keywordFaults, namedFaults, statusLogFaults } from './tickets.ts';

interface Record {
  readonly id: number;
  readonly name: string;
}

/** Its number is its id, and a search finds it by its name. */
const nameFaults = ({ id, name }: Record, doc: Doc): Fault[] => [
  ...expectSame('id', String(id), doc.id),
  ...keywordFaults(fieldOf(doc.data, 'keywords'), keywordsOf(name)),
];

const companyCheck = checkOf(companies, { faults: nameFaults });

const communityCheck = checkOf(communities, {
  refers: ({ companyId }) => named(companies, companyId).flatMap(withArchived),
  faults: (community, doc, found) => [
    ...nameFaults(community, doc),
    ...namedFaults('companyId', companies.doc(String(community.companyId)), found),
  ],
});

const residentCheck = checkOf(residents, {
  refers: ({ communityId }) => named(communities, communityId).flatMap(withArchived),
  faults: (resident, doc, found) => {
    const home = communities.doc(String(resident.communityId));
    const community = found(home);
    return [
      ...nameFaults(resident, doc),
      ...namedFaults('communityId', home, found),
      ...(community ? expectSame('companyId', resident.companyId, community.companyId) : []),
    ];
  },
});

/** What a ticket names, by the field that names it. */
const namedBy = (ticket: Ticket): readonly (readonly [string, DocKey<unknown>])[] => [
  ['categoriaTicketId', categories.doc(String(ticket.categoriaTicketId))],
  ['statusId', statuses.doc(String(ticket.statusId))],
  ['companyId', companies.doc(String(ticket.companyId))],
  ['communityId', communities.doc(String(ticket.communityId))],
  ['residentId', residents.doc(String(ticket.residentId))],
];

const ticketCheck = checkOf(tickets, {
  refers: (ticket) => [
    ...namedBy(ticket).flatMap(([, key]) => withArchived(key)),
    ...shownKeys(ticket.imageUrls),
  ],
  faults: (ticket, doc, found) => {
    const { residentId, communityId, companyId } = ticket;
    const resident = found(residents.doc(String(residentId)));
    return [
      ...expectSame('id', String(ticket.id), doc.id),
      ...namedBy(ticket).flatMap(([field, key]) => namedFaults(field, key, found)),
      ...(resident ? expectFields({ communityId, companyId }, placeOf(resident)) : []),
      ...shownFaults('imageUrls', ticket.imageUrls, doc.path, found),
      ...statusLogFaults(ticket.statusLog, ticket.statusId),
      ...keywordFaults(ticket.keywords, keywordsOfTicket(ticket)),
    ];
  },
});

const placeOf = ({ communityId, companyId }: Pick<Ticket, 'communityId' | 'companyId'>) => ({
  communityId,
  companyId,
});

const ticketOf = ({ origen, idOrigen }: Comment): DocKey<Ticket>[] =>
  origen === TICKET_ORIGIN ? [tickets.doc(idOrigen)] : [];

/** A comment on a ticket is where the ticket is, and names its resident; any other is a company's. */
const placeFaults = (comment: Comment, found: Found): Fault[] => {
  const [key] = ticketOf(comment);
  const { companyId, communityId, ticketResidentId } = comment;
  if (key === undefined) {
    return [
      ...expectFields(
        { communityId, ticketResidentId },
        { communityId: null, ticketResidentId: null },
      ),
      ...namedFaults('companyId', companies.doc(String(companyId)), found),
    ];
  }
  const ticket = found(key);
  if (ticket === undefined) {
    return expectThat(false, 'idOrigen', `names ${key.path}, which is not there`);
  }
  return [
    ...expectFields({ companyId, communityId }, placeOf(ticket)),
    // Comments from before there was a `ticketResidentId` do not know it.
    ...(ticketResidentId === null
      ? []
      : expectSame('ticketResidentId', ticketResidentId, ticket.residentId)),
  ];
};

/** A reply is on the same thing as the comment that it replies to. */
const replyFaults = ({ idComment, origen, idOrigen }: Comment, found: Found): Fault[] => {
  const [key] = named(comments, idComment);
  if (key === undefined) return [];
  const parent = found(key);
  return parent === undefined
    ? expectThat(false, 'idComment', `names ${key.path}, which is not there`)
    : expectFields(parent, { origen, idOrigen }, 'idComment.');
};

const commentCheck = checkOf(comments, {
  refers: (comment) => [
    ...ticketOf(comment),
    ...named(comments, comment.idComment),
    ...withArchived(companies.doc(String(comment.companyId))),
    ...shownKeys(comment.imageUrls),
  ],
  faults: (comment, doc, found) => [
    ...expectSame('id', String(comment.id), doc.id),
    ...placeFaults(comment, found),
    ...replyFaults(comment, found),
    ...shownFaults('imageUrls', comment.imageUrls, doc.path, found),
  ],
});

const commentsAcross = countsAcross({
  holders: tickets,
  field: 'commentCount',
  members: comments,
  of: (comment: Comment) => ticketOf(comment)[0]?.id,
});

/** What must hold of the community desk's documents. */
export const communityChecks: DeskChecks = {
  collections: [
    companyCheck,
    communityCheck,
    residentCheck,
    recordCheck(categories),
    recordCheck(statuses),
    ticketCheck,
    commentCheck,
  ],
  across: [commentsAcross],
};
