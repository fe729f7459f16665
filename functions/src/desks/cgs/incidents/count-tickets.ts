import { isDeepStrictEqual } from 'node:util';
import type { Runtime } from '../../../kernel/runtime.ts';
import { fieldOf } from '../../../kernel/store/page.ts';
import type { Store } from '../../../kernel/store/store.ts';
import type { Trigger } from '../../../kernel/store/trigger.ts';
import { passingOverUnreadable } from '../../../kernel/store/unreadable.ts';
import { updateGathering } from '../../../kernel/store/update.ts';
import type { Incident } from '../domain/incidents/schemas.ts';
import { tickets } from '../tickets/collection.ts';
import { incidents } from './collection.ts';

/** How many tickets of an incident are not closed. */
export const countOpen = (store: Store, id: string): Promise<number> =>
  store.count({
    anyOf: [tickets.queries.withIncident.where({ 'incident.id': id, isActive: true })],
  });

const countAll = async (store: Store, id: string): Promise<Incident['tickets']> => {
  const [total, open] = await Promise.all([
    store.count({ anyOf: [tickets.queries.ofIncident.where({ 'incident.id': id })] }),
    countOpen(store, id),
  ]);
  return { total, open, closed: total - open };
};

/**
 * Counts the tickets of an incident anew, until the counts in it are those of the store. Of many tickets
 * that change together the first delivery counts them all, and the others find nothing to write.
 */
export const recount = async (runtime: Runtime, id: string): Promise<void> => {
  const store = runtime.store.metered();
  const key = incidents.doc(id);
  const isWritten = () =>
    updateGathering(store, runtime, {
      keys: [key],
      gather: () => countAll(store, id),
      decide: ({ reads, gathered: counts }) => {
        const seen = reads.get(key);
        if (seen === undefined) return [];
        const isRight = isDeepStrictEqual(counts, seen.data.tickets);
        return isRight ? [] : [incidents.update(seen, { tickets: counts })];
      },
    });
  // A ticket may have changed between the count and its commit without being seen by another.
  while (await isWritten());
};

/** What counts of a ticket: its incident, and whether it is closed. */
const countedOf = (ticket: unknown) => ({
  incident: fieldOf(ticket, 'incident.id'),
  isActive: fieldOf(ticket, 'isActive'),
});

/** Counts the tickets of an incident after one of them was linked, unlinked or closed. */
export const countTickets: Trigger = {
  name: 'cgsIncidentTickets',
  document: `${tickets.name}/{id}`,
  handle: async (runtime, { before, after }) => {
    const [was, is] = [countedOf(before), countedOf(after)];
    if (isDeepStrictEqual(was, is)) return;
    for (const id of new Set([was.incident, is.incident])) {
      if (typeof id === 'string') await passingOverUnreadable(runtime, () => recount(runtime, id));
    }
  },
};
