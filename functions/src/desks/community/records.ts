import { z } from 'zod';
import { collection } from '../../kernel/store/collection.ts';
import { type DocKey, type Loaded, type Reads, type Write } from '../../kernel/store/document.ts';
import { counterOf as counterOfDesk } from '../../kernel/store/numbered.ts';
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
import { CATEGORIES, MOST_COMMENTS, STATUSES, TICKET_ORIGIN } from './domain/vocabulary.ts';

/** The desk's collections. The id of a document is its number. */
const byNumber = { list: { orderBy: 'id' } } as const;

/** By which records with a name are searched. */
const unread = z.object({ keywords: z.array(z.string()) });
const BY_WORDS = { arrayContains: 'keywords', orderBy: 'id' } as const;

export const companies = collection('companies', companySchema, {
  unread,
  unindexed: ['name'],
  queries: { list: BY_WORDS },
});
export const communities = collection('communities', communitySchema, {
  unread,
  unindexed: ['name'],
  queries: { list: { ...BY_WORDS, optional: ['companyId', 'id'] } },
});
export const residents = collection('residents', residentSchema, {
  unread,
  unindexed: ['name', 'uid'],
  queries: { list: { ...BY_WORDS, optional: ['companyId', 'communityId', 'id'] } },
});
export const categories = collection('categoriaTickets', categorySchema, {
  unindexed: ['descripcion'],
  queries: byNumber,
});
export const statuses = collection('statusTickets', statusSchema, {
  unindexed: ['codigo', 'descripcion', 'color'],
  queries: byNumber,
});
export const tickets = collection('communityTickets', ticketSchema, {
  unindexed: ['contenido', 'imageUrls', 'statusLog'],
  queries: {
    list: {
      optional: ['companyId', 'communityId', 'residentId', 'statusId', 'categoriaTicketId'],
      arrayContains: 'keywords',
      range: 'createdAt',
      orderBy: '-createdAt',
    },
  },
});
export const comments = collection('comentarios', commentSchema, {
  unindexed: ['comentarioTexto', 'imageUrls', 'authorUid', 'authorName'],
  queries: {
    onOrigin: { equal: ['origen', 'idOrigen'], optional: ['companyId'], orderBy: 'id' },
    repliesTo: { equal: ['idComment'] },
    ofCompany: { equal: ['companyId'] },
  },
});

export type Kind =
  | 'company'
  | 'community'
  | 'resident'
  | 'category'
  | 'status'
  | 'ticket'
  | 'comment';

/** `counters/community-ticket` and so on. */
export const counterOf = (kind: Kind) => counterOfDesk('community', kind);

/** The key of the document whose number a request gives, if it gives one. */
export const named = <T>(
  of: { doc: (id: string) => DocKey<T> },
  id: number | null | undefined,
): DocKey<T>[] => (id == null ? [] : [of.doc(String(id))]);

/** The resident of a community with the lowest number. */
export const firstResident = async (
  store: Store,
  communityId: number,
): Promise<Loaded<Resident> | undefined> => {
  const anyOf = [residents.queries.list.where({ communityId })];
  return (await store.find({ anyOf, limit: 1 }))[0];
};

/** All comments on a ticket; `MOST_COMMENTS` bounds them. */
export const commentsOn = (
  store: Store,
  { id }: Pick<Ticket, 'id'>,
): Promise<Loaded<Comment>[]> => {
  const onTicket = comments.queries.onOrigin.where({ origen: TICKET_ORIGIN, idOrigen: String(id) });
  return store.find({ anyOf: [onTicket], limit: 2 * MOST_COMMENTS });
};

const firstCategories = CATEGORIES.map((descripcion, index) => ({ id: index + 1, descripcion }));

/** The documents that the first company is created with. */
export const firstKeys = [
  ...STATUSES.map(({ id }) => statuses.doc(String(id))),
  ...firstCategories.map(({ id }) => categories.doc(String(id))),
];

/**
 * The six statuses and the contract's categories, if they are missing. Statuses can't be deleted: if
 * one is there, this is not the first company, and a category that is missing was deleted.
 */
export const firstWrites = (reads: Reads, now: Date): Write[] => {
  const dates = { createdAt: now, updatedAt: now };
  const added = STATUSES.filter(({ id }) => reads.get(statuses.doc(String(id))) === undefined);
  const isFirst = added.length === STATUSES.length;
  const categoriesToo = firstCategories.filter(
    ({ id }) => isFirst && reads.get(categories.doc(String(id))) === undefined,
  );
  return [
    ...added.map((each) => statuses.create(String(each.id), { ...each, ...dates })),
    ...categoriesToo.map((each) => categories.create(String(each.id), { ...each, ...dates })),
  ];
};
