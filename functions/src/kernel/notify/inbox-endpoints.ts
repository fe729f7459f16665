import { z } from 'zod';
import { type Endpoint, noInput } from '../http/endpoint.ts';
import { refuse } from '../problem.ts';
import { byId } from '../store/ids.ts';
import { readHeadedPage, readPage } from '../store/page.ts';
import { inboxItems, type Item } from './inbox.ts';
import type { Served } from './served.ts';

const date = z.iso.datetime();

const itemWire = z
  .object({
    id: z.string(),
    kind: z.string(),
    subject: z
      .object({ collection: z.string(), id: z.string() })
      .meta({ description: 'the document that it is about' }),
    values: z.record(z.string(), z.string()).meta({ description: 'what the text names' }),
    title: z.string(),
    body: z.string(),
    createdAt: date,
    readAt: date.nullable(),
  })
  .meta({ id: 'InboxItem' });

const toWire = (id: string, item: Item): z.input<typeof itemWire> => {
  const { desk: _, expiresAt: __, createdAt, readAt, ...rest } = item;
  return {
    id,
    ...rest,
    createdAt: createdAt.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  };
};

/** The header with the number of all notices that are not read. */
const UNREAD_COUNT = 'X-Unread-Count';

const unreadHeader = z.object({
  [UNREAD_COUNT]: z.string().meta({
    description: 'how many notices of this desk are not read, on any page',
    example: '3',
  }),
});

/** The notices of a desk in somebody's inbox, or those that they have not read. */
export const noticesIn = (uid: string, desk: string, unread: boolean) => ({
  anyOf: [inboxItems.of(uid).queries.list.where({ desk, ...(unread && { readAt: null }) })],
});

/** Lists what the caller was notified of at this desk. */
export const listInbox = <A>({ settings, style, own }: Served<A>): Endpoint => {
  const { page: paging, headers, schema, of } = style.pages;
  return own({
    method: 'get',
    path: '/me/inbox',
    summary: 'Lists the caller’s notices of this desk, the newest first',
    input: {
      ...noInput,
      query: z.strictObject({
        unread: z
          .enum(['true', 'false'])
          .optional()
          .meta({ description: 'true: only those that are not read' }),
        ...paging,
      }),
    },
    status: 200,
    output: schema(itemWire),
    headers: unreadHeader.extend(headers?.shape ?? {}),
    returns: 'a page of notices, in the language that the caller had when each came',
    // The caller, the rows, and the count, which is one read for each thousand.
    cost: { reads: (rows) => Math.max(1, rows) + 2, writes: 0 },
    sample: { given: 'notice', query: { limit: '5' } },
    handle: async ({ input: { query }, principal, store, setHeader }) => {
      const uid = principal.person.id;
      const criteria = noticesIn(uid, settings.name, query.unread === 'true');
      const [{ rows, page }, unread] = await Promise.all([
        headers
          ? readHeadedPage({ store, setHeader }, criteria, query)
          : readPage(store, criteria, query),
        store.count(noticesIn(uid, settings.name, true)),
      ]);
      setHeader(UNREAD_COUNT, String(unread));
      return of(
        rows.map(({ id, data }) => toWire(id, data)),
        page,
      );
    },
  });
};

/** Marks a notice as read; reading it again changes nothing. */
export const markItemRead = <A>({ settings, style, own }: Served<A>): Endpoint =>
  own({
    method: 'post',
    path: '/me/inbox/:id/read',
    summary: 'Marks a notice as read',
    input: { ...noInput, params: byId },
    status: 200,
    output: style.one.schema(itemWire),
    returns: 'the notice',
    cost: { reads: 2, writes: 1 },
    sample: { given: 'notice' },
    handle: ({ input: { params }, principal, store, change }) => {
      const items = inboxItems.of(principal.person.id);
      const key = items.doc(params.id);
      return change({
        gather: () => store.get(key),
        decide: ({ gathered: seen, now }) => {
          if (seen === undefined || seen.data.desk !== settings.name) {
            return refuse('resource/not-found');
          }
          const readAt = seen.data.readAt ?? now;
          return {
            writes: seen.data.readAt === null ? [items.update(seen, { readAt })] : [],
            answer: style.one.of(toWire(params.id, { ...seen.data, readAt })),
          };
        },
      });
    },
  });
