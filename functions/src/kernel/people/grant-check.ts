import type { Grant } from '../auth/grant.ts';
import type { GrantRules } from '../auth/grants.ts';
import type { Desk } from '../http/desk.ts';
import { invalid, type Problem, refuse } from '../problem.ts';
import type { DocKey, Reads, Write } from '../store/document.ts';
import { unread } from '../store/page.ts';
import type { Store } from '../store/store.ts';
import { reservationOf, reservations } from '../store/unique.ts';
import type { Check } from './check.ts';

/** What granting an access depends on: the records that it names, and who has its number. */
const keysOf = ({ records, unique }: GrantRules, access: unknown): readonly DocKey<unknown>[] => [
  ...(records?.(access) ?? []),
  ...(unique ? [reservationOf(unique.value(access))] : []),
];

/** What the check of such an access costs when its number is free. */
export const costOfGrant = (rules: GrantRules, access: unknown) => {
  const searches = rules.unique === undefined ? 0 : 1;
  return { reads: keysOf(rules, access).length + searches, writes: searches };
};

/** Why an access can't be granted to a person; undefined if it can. */
const refusalOf = async (
  store: Store,
  { errorsOf, unique }: GrantRules,
  access: unknown,
  { id, reads, field }: { readonly id: string; readonly reads: Reads; readonly field: string },
): Promise<Problem | undefined> => {
  const errors = errorsOf?.(access, reads) ?? [];
  if (errors.length > 0) {
    return invalid(errors.map(({ path, message }) => ({ path: `${field}${path}`, message })));
  }
  if (unique === undefined) return undefined;
  const holders = await store.find({ ...unread({ anyOf: [unique.holders(access)] }), limit: 2 });
  return holders.some((each) => each.id !== id) ? refuse('access/taken') : undefined;
};

/**
 * Reserves the number of an access, so that two grants of it at the same moment can't both commit. A
 * reservation of an access that was withdrawn is taken over.
 */
const reserving = (
  { unique }: GrantRules,
  access: unknown,
  holder: string,
  reads: Reads,
): readonly Write[] => {
  if (unique === undefined) return [];
  const key = reservationOf(unique.value(access));
  const seen = reads.get(key);
  return seen?.data.holder === holder ? [] : [reservations.put(key.id, seen, { holder })];
};

/**
 * Checks an access against the rules of its desk before a person gets it. Gather it at each attempt,
 * and put its writes into the commit.
 *
 * @param field what stands before the names of its fields in the request
 */
export const checkGrant = async (
  store: Store,
  rules: GrantRules,
  access: unknown,
  id: string,
  field = '',
): Promise<Check> => {
  const reads = await store.load(keysOf(rules, access));
  const refused = await refusalOf(store, rules, access, { id, reads, field });
  return refused === undefined ? { writes: reserving(rules, access, id, reads) } : { refused };
};

/** A desk with the rules for an access to it. */
type RuledDesk = Pick<Desk, 'name' | 'grants'>;

/** The writes that release the numbers which a person's accesses have reserved, for a deletion. */
export const releasing = async (
  store: Store,
  { id, access }: Pick<Grant, 'id' | 'access'>,
  desks: readonly RuledDesk[],
): Promise<readonly Write[]> => {
  const keys = desks.flatMap(({ name, grants }) =>
    grants?.unique === undefined || access[name] === undefined
      ? []
      : [reservationOf(grants.unique.value(access[name]))],
  );
  const reads = await store.load(keys);
  return keys.flatMap((key) => {
    const seen = reads.get(key);
    return seen?.data.holder === id ? [reservations.remove(seen)] : [];
  });
};
