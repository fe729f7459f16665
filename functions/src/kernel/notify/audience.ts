import { z } from 'zod';
import { grants } from '../auth/grant.ts';
import { anyDocument, type Loaded } from '../store/document.ts';
import { fieldOf, pagesOf, unread } from '../store/page.ts';
import type { Store } from '../store/store.ts';
import type { Notice } from './notice.ts';

const judged = z.object({
  active: z.literal(true),
  access: z.record(z.string(), z.unknown()),
});
const inUse = z.object({ active: z.literal(true) });

const accessTo = (grant: unknown, desk: string): unknown =>
  judged.safeParse(grant).data?.access[desk];

/** Whether the person of a grant may use a desk at present; the security rules ask the same. */
export const mayUse = (grant: unknown, desk: string): boolean =>
  inUse.safeParse(accessTo(grant, desk)).success;

type People = readonly Loaded<unknown>[];

const grantsOf = async (store: Store, uids: readonly string[]): Promise<People> => {
  const keys = [...new Set(uids)].map((uid) => anyDocument(grants.doc(uid).path));
  const reads = await store.load(keys);
  return keys.flatMap((key) => reads.get(key) ?? []);
};

const uidIn = (document: unknown, field: string): readonly string[] => {
  const uid = fieldOf(document, field);
  return typeof uid === 'string' ? [uid] : [];
};

/** The grants that an audience names, a page at a time, as they are stored. */
const found = async function* (
  store: Store,
  { to }: Pick<Notice, 'to'>,
  limit: number,
): AsyncGenerator<People> {
  const uids = to.flatMap((each) => ('uid' in each ? [each.uid] : []));
  if (uids.length > 0) yield grantsOf(store, uids);
  for (const each of to) {
    if ('of' in each) yield* pagesOf(store, unread(each.of), limit);
    if (!('namedIn' in each)) continue;
    for await (const page of pagesOf(store, unread(each.namedIn), limit)) {
      const named = page.flatMap(({ data }) => uidIn(data, each.field));
      if (named.length > 0) yield grantsOf(store, named);
    }
  }
};

/**
 * The uids of all who get a notice at a desk, in pages: nobody twice, nobody who may not use the desk
 * or may not see what it is about, and not who made the change.
 */
export const audienceOf = async function* (
  store: Store,
  desk: string,
  notice: Pick<Notice, 'to' | 'who'> & { readonly by: string | undefined },
  limit: number,
): AsyncGenerator<readonly string[]> {
  const known = new Set([notice.by]);
  for await (const page of found(store, notice, limit)) {
    const fresh = page.filter(({ id }) => !known.has(id));
    for (const { id } of fresh) known.add(id);
    yield fresh.flatMap(({ id, data }) =>
      mayUse(data, desk) && notice.who(accessTo(data, desk)) ? [id] : [],
    );
  }
};
