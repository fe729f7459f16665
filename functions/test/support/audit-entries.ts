import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { type AuditEntry, auditLog } from '../../src/kernel/audit/collection.ts';
import { pagesOf } from '../../src/kernel/store/page.ts';
import type { Store } from '../../src/kernel/store/store.ts';
import type { Sender } from './client.ts';

/** All entries of the audit log since a moment, newest first. */
const entriesSince = async (store: Store, from: Date): Promise<readonly AuditEntry[]> => {
  const anyOf = [auditLog.queries.list.where({})];
  const entries: AuditEntry[] = [];
  for await (const page of pagesOf(store, { anyOf, range: { from } })) {
    entries.push(...page.map(({ data }) => data));
  }
  return entries;
};

/** The entries that some requests add. */
export const entriesOf = async (
  store: Store,
  requests: () => Promise<void>,
): Promise<readonly AuditEntry[]> => {
  // Others of the same millisecond may be there already.
  const from = new Date();
  const before = new Set((await entriesSince(store, from)).map(({ id }) => id));
  await requests();
  return (await entriesSince(store, from)).filter(({ id }) => !before.has(id));
};

const claims = z.object({ sub: z.string() });

/** The uid of a sender with a session cookie or an ID token. */
export const uidOf = ({ cookie, token }: Sender): string =>
  cookie === undefined
    ? claims.parse(jwt.decode(token ?? '')).sub
    : cookie.slice(cookie.indexOf('.') + 1);
