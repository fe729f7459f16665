import { z } from 'zod';
import type { Profile } from '../../../kernel/auth/person.ts';
import type { Check } from '../../../kernel/people/check.ts';
import { workAt, type WorkDesk } from '../../../kernel/people/work.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { collection } from '../../../kernel/store/collection.ts';
import type { Write } from '../../../kernel/store/document.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { actorOf, cgs } from '../desk.ts';
import { ticketsInHand } from '../tickets/tickets-in-hand.ts';
import { users } from './people.ts';

/** This desk, for a change that leaves the person at the others. */
export const OWN: WorkDesk = { name: 'cgs', workOf: ticketsInHand };

/** A 409 that lists the first 20 tickets in progress of a person; undefined when there are none. */
const workRefusal = async (
  store: Store,
  uid: string,
  desks: readonly WorkDesk[],
): Promise<Problem | undefined> => {
  const tickets = await workAt(store, uid, desks);
  return tickets.length === 0 ? undefined : cgs.refuse('user/has-tickets', { tickets });
};

/**
 * `counters/cgs-superAdmins`: each removal of a SuperAdmin writes it on the condition that it has not
 * changed, so such removals are committed one after the other.
 */
export const guards = collection('counters', z.object({ removedAt: z.date() }));
const GUARD = guards.doc('cgs-superAdmins');

const isSuperAdmin = (person: Profile | undefined): boolean =>
  person !== undefined && actorOf(person)?.role === 'SuperAdmin';

/** The write that makes the removal of a SuperAdmin safe; a refusal if there is no other. */
const guardWrite = async (store: Store, uid: string): Promise<Write | Problem> => {
  // The guard is read before the others: a removal that is committed in between changes it.
  const seen = await store.get(GUARD);
  const found = await store.find({
    anyOf: [
      users.queries.activeOfRole.where({
        'access.cgs.role': 'SuperAdmin',
        active: true,
        'access.cgs.active': true,
      }),
    ],
    limit: 2,
  });
  if (!found.some(({ id }) => id !== uid)) return cgs.refuse('user/last-superadmin');
  const data = { removedAt: new Date() };
  return guards.put(GUARD.id, seen, data);
};

interface Removal {
  readonly before: Profile | undefined;
  /** The person after the change; undefined for a deletion. */
  readonly after: Profile | undefined;
  /** The desks that the person can't work at any longer. */
  readonly desks: readonly WorkDesk[];
}

/**
 * Checks a change that takes something from a person: refused while they have work in progress at
 * one of the desks, and for the last active SuperAdmin. Gather it at each attempt, and put its
 * writes into the commit.
 */
export const checkRemoval = async (
  store: Store,
  { before, after, desks }: Removal,
): Promise<Check> => {
  if (before === undefined) return {};
  const refused = await workRefusal(store, before.id, desks);
  if (refused !== undefined) return { refused };
  if (!isSuperAdmin(before) || isSuperAdmin(after)) return {};
  const guard = await guardWrite(store, before.id);
  return 'op' in guard ? { writes: [guard] } : { refused: guard };
};
