import { z } from 'zod';
import { grants } from '../auth/grant.ts';
import { anyDocument, type Loaded } from '../store/document.ts';
import { pagesOf, unread } from '../store/page.ts';
import type { Store } from '../store/store.ts';
import type { Notice } from './notice.ts';

const judged = z.object({
  active: z.literal(true),
  access: z.record(z.string(), z.unknown()),
});
const inUse = z.object({ active: z.literal(true) });

/** Whether the person of a grant may use a desk at present; the security rules ask the same. */
export const mayUse = (grant: unknown, desk: string): boolean =>
  inUse.safeParse(judged.safeParse(grant).data?.access[desk]).success;

/** The grants that an audience names, a page at a time, as they are stored. */
const found = async function* (
  store: Store,
  { to }: Pick<Notice, 'to'>,
  limit: number,
): AsyncGenerator<readonly Loaded<unknown>[]> {
  const uids = new Set(to.flatMap((each) => ('uid' in each ? [each.uid] : [])));
  if (uids.size > 0) {
    const keys = [...uids].map((uid) => anyDocument(grants.doc(uid).path));
    const reads = await store.load(keys);
    yield keys.flatMap((key) => reads.get(key) ?? []);
  }
  for (const each of to) {
    if ('of' in each) yield* pagesOf(store, unread(each.of), limit);
  }
};

/**
 * The uids of all who get a notice at a desk, in pages: nobody twice, nobody who may not use the desk,
 * and not who made the change.
 */
export const audienceOf = async function* (
  store: Store,
  desk: string,
  notice: Pick<Notice, 'to' | 'by'>,
  limit: number,
): AsyncGenerator<readonly string[]> {
  const known = new Set([notice.by]);
  for await (const page of found(store, notice, limit)) {
    const fresh = page.filter(({ id }) => !known.has(id));
    for (const { id } of fresh) known.add(id);
    yield fresh.flatMap(({ id, data }) => (mayUse(data, desk) ? [id] : []));
  }
};
