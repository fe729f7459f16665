import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Endpoint, noInput } from '../http/endpoint.ts';
import type { Runtime } from '../runtime.ts';
import { changeGathering } from '../store/change.ts';
import type { Loaded } from '../store/document.ts';
import type { Store } from '../store/store.ts';
import { inboxItems, type Item } from './inbox.ts';
import { noticesIn } from './inbox-endpoints.ts';
import type { Served } from './served.ts';

/** Notices that are marked in one commit, and commits of one request. */
const PAGE = 250;
const MOST_PAGES = 20;

/** Whose notices of which desk are marked, and until which moment they came. */
interface Marked {
  readonly uid: string;
  readonly desk: string;
  readonly until: Date;
}

/** Marks one page of the notices that are not read; resolves to how many it had. */
const markPage = async (
  { groups }: Runtime,
  store: Store,
  { uid, desk, until }: Marked,
): Promise<number> => {
  const items = inboxItems.of(uid);
  const page = { ...noticesIn(uid, desk, true), range: { to: until }, limit: PAGE };
  const outcome = await changeGathering<number, number, readonly Loaded<Item>[]>(store, groups, {
    changeId: randomUUID(),
    read: (more) => store.load(more),
    gather: () => store.find(page),
    decide: ({ gathered }) => {
      const writes = gathered.map((seen) => items.update(seen, { readAt: until }));
      return writes.length === 0
        ? { kind: 'stop', value: 0 }
        : { kind: 'write', plan: { writes, answer: writes.length } };
    },
  });
  return 'answer' in outcome ? outcome.answer : outcome.stopped;
};

/** Marks page after page, so that a request that is cut leaves less for its repeat. */
const markAll = async (runtime: Runtime, store: Store, marked: Marked) => {
  let read = 0;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const marks = await markPage(runtime, store, marked);
    read += marks;
    if (marks < PAGE) return { read, more: false };
  }
  return { read, more: true };
};

const resultSchema = z
  .object({
    read: z.int().meta({ description: 'how many notices were marked' }),
    more: z.boolean().meta({ description: 'whether there are more to mark: send it again' }),
  })
  .meta({ id: 'InboxRead' });

/** Marks all notices as read that the caller has at this desk. */
export const markInboxRead = <A>({ settings, style, own }: Served<A>): Endpoint =>
  own({
    method: 'post',
    path: '/me/inbox/read-all',
    summary: 'Marks all notices of this desk as read that are there now',
    input: noInput,
    status: 200,
    output: style.one.schema(resultSchema),
    returns: 'how many were marked, at most 5,000',
    cost: { reads: 2, writes: 1 },
    sample: { given: 'notice' },
    handle: async ({ principal, runtime, store, now, change }) => {
      const marked = { uid: principal.person.id, desk: settings.name, until: now };
      const result = await markAll(runtime, store, marked);
      return change({ decide: () => ({ writes: [], answer: style.one.of(result) }) });
    },
  });
