import {
  collection,
  type DocKey,
  type Loaded,
  type Reads,
  type Write,
} from '../../kernel/store/document.ts';
import { counterOf as counterOfDesk } from '../../kernel/store/numbered.ts';
import type { QueryShape } from '../../kernel/store/query-shape.ts';
import type { Store } from '../../kernel/store/store.ts';
import {
  categorySchema,
  type Comment,
  commentSchema,
  communitySchema,
  companySchema,
  type Resident,
  residentSchema,
  statusSchema,
  type Ticket,
  ticketSchema,
} from './domain/schemas.ts';
import { MOST_COMMENTS, STATUSES, TICKET_ORIGIN } from './domain/vocabulary.ts';

/** The desk's collections, each read back through its schema; document ids are the numbers. */
export const companies = collection('companies', companySchema);
export const communities = collection('communities', communitySchema);
export const residents = collection('residents', residentSchema);
export const categories = collection('categoriaTickets', categorySchema);
export const statuses = collection('statusTickets', statusSchema);
export const tickets = collection('communityTickets', ticketSchema);
export const comments = collection('comentarios', commentSchema);

export type Kind =
  | 'company'
  | 'community'
  | 'resident'
  | 'category'
  | 'status'
  | 'ticket'
  | 'comment';

/** `counters/community-ticket` and the like. */
export const counterOf = (kind: Kind) => counterOfDesk('community', kind);

const byNumber = [{ field: 'id', direction: 'asc' }] as const;

export const TICKETS = {
  name: 'community tickets, newest first',
  collection: tickets.name,
  optional: ['companyId', 'communityId', 'residentId', 'statusId', 'categoriaTicketId'],
  orderBy: [{ field: 'createdAt', direction: 'desc' }],
} as const satisfies QueryShape;

export const COMMENTS = {
  name: 'comments on an origin, oldest first',
  collection: comments.name,
  equal: ['origen', 'idOrigen'],
  optional: ['companyId'],
  orderBy: byNumber,
} as const satisfies QueryShape;

export const REPLIES = {
  name: 'replies to a comment',
  collection: comments.name,
  equal: ['idComment'],
} as const satisfies QueryShape;

export const COMMENTS_OF_COMPANY = {
  name: 'comments of a company’s people',
  collection: comments.name,
  equal: ['companyId'],
} as const satisfies QueryShape;

export const COMPANIES = {
  name: 'companies by number',
  collection: companies.name,
  orderBy: byNumber,
} as const satisfies QueryShape;

export const COMMUNITIES = {
  name: 'communities by number',
  collection: communities.name,
  optional: ['companyId'],
  orderBy: byNumber,
} as const satisfies QueryShape;

export const RESIDENTS = {
  name: 'residents by number',
  collection: residents.name,
  optional: ['companyId', 'communityId'],
  orderBy: byNumber,
} as const satisfies QueryShape;

export const CATEGORIES = {
  name: 'categories by number',
  collection: categories.name,
  orderBy: byNumber,
} as const satisfies QueryShape;

export const STATUS_LIST = {
  name: 'statuses by number',
  collection: statuses.name,
  orderBy: byNumber,
} as const satisfies QueryShape;

/** The document behind a number of a request, where it names one. */
export const named = <T>(
  of: { doc: (id: string) => DocKey<T> },
  id: number | null | undefined,
): DocKey<T>[] => (id == null ? [] : [of.doc(String(id))]);

/** Keeps what a new record refers to from being deleted at the same moment. */
export const touch = (keys: readonly DocKey<unknown>[], now: Date): Write[] =>
  keys.map(({ path }) => ({ op: 'touch', path, data: { referencedAt: now } }));

/** The resident of a community with the lowest number. */
export const firstResident = async (
  store: Store,
  communityId: number,
): Promise<Loaded<Resident> | undefined> => {
  const anyOf = [{ shape: RESIDENTS, equal: { communityId } }];
  return (await store.find(residents.doc, { anyOf, limit: 1 }))[0];
};

/** All comments on a ticket; their number is bounded. */
export const commentsOn = (
  store: Store,
  { id }: Pick<Ticket, 'id'>,
): Promise<Loaded<Comment>[]> => {
  const equal = { origen: TICKET_ORIGIN, idOrigen: String(id) };
  return store.find(comments.doc, {
    anyOf: [{ shape: COMMENTS, equal }],
    limit: 2 * MOST_COMMENTS,
  });
};

export const builtInKeys = STATUSES.map(({ id }) => statuses.doc(String(id)));

/** The six statuses as documents, where they are missing. */
export const builtInWrites = (reads: Reads, now: Date): Write[] =>
  STATUSES.filter(({ id }) => reads.get(statuses.doc(String(id))) === undefined).map((each) =>
    statuses.create(String(each.id), { ...each, createdAt: now, updatedAt: now }),
  );
