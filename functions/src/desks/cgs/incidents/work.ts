import { randomUUID } from 'node:crypto';
import type { Runtime } from '../../../kernel/runtime.ts';
import type { Write } from '../../../kernel/store/document.ts';
import { fieldOf, unread } from '../../../kernel/store/page.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { sweepOf } from '../../../kernel/store/sweep.ts';
import type { Trigger } from '../../../kernel/store/trigger.ts';
import {
  parseDocument,
  passingOverUnreadable,
  readable,
} from '../../../kernel/store/unreadable.ts';
import { updateGathering } from '../../../kernel/store/update.ts';
import { advanced, closed, isOpening, ticketFor } from '../domain/incidents/work.ts';
import type { Incident } from '../domain/incidents/schemas.ts';
import type { Client, PolicyInForce } from '../domain/schemas.ts';
import { decide, formatTicketId } from '../domain/ticket.ts';
import { counterOf, monthOf } from '../figures/month.ts';
import { clients } from '../master/collections.ts';
import { slaSetting } from '../settings/collection.ts';
import { tickets } from '../tickets/collection.ts';
import { incidents } from './collection.ts';
import { countOpen } from './count-tickets.ts';
import { servedOf } from './linking.ts';
import { clientsOf } from './network-part.ts';

/** How long one run may take: a trigger is given a minute. */
const WORK_MS = 45_000;

/** Clients in one commit. */
const AT_ONCE = 30;

/** The next clients of an opening: those who need a ticket, with an id for it, and the others. A client
 * whose record can't be read is reported, and keeps no other from their ticket. */
const nextClients = async (store: Store, runtime: Runtime, incident: Incident | undefined) => {
  if (incident === undefined || !isOpening(incident)) return undefined;
  const { id: incidentId, region, opening } = incident;
  const found = await store.find({
    ...unread({ anyOf: [clientsOf(opening.part, region)] }),
    startAfter: opening.after === null ? undefined : [opening.after],
    limit: AT_ONCE,
  });
  const ids = found.map(({ id }) => id);
  const served = await servedOf(store, incidentId, ids);
  const unserved = found
    .filter(({ id }) => !served.has(id))
    .map(({ id, data }) => ({
      id,
      client: readable(runtime, () => parseDocument(clients.doc(id), data)),
    }));
  return {
    after: ids.at(-1),
    isLast: found.length < AT_ONCE,
    skipped: served.size,
    needy: unserved.flatMap(({ client }) =>
      client === undefined ? [] : [{ client, newId: runtime.newId() }],
    ),
    unreadable: unserved.flatMap(({ id, client }) => (client === undefined ? [id] : [])),
  };
};

/** The writes that open tickets for some clients, numbered from `n` on. */
const openings =
  (
    incident: Incident,
    needy: readonly { readonly client: Client; readonly newId: string }[],
    policy: PolicyInForce,
    { now, timeZone }: { readonly now: Date; readonly timeZone: string },
  ) =>
  (n: number): Write[] =>
    needy.map(({ client, newId }, index) => {
      const ticket = ticketFor(incident, client, policy, { now, newId });
      const { type } = incident.opening?.request ?? { type: 'Trouble' };
      return tickets.create(newId, ticket(formatTicketId(type, monthOf(now, timeZone), n + index)));
    });

/**
 * Opens the tickets of the next clients, in one commit with the incident's progress: a crash, a repeat or
 * another run at the same time can neither leave out a client nor give them two tickets. Resolves to
 * whether there was something to do.
 */
const openNext = (runtime: Runtime, store: Store, id: string): Promise<boolean> => {
  const key = incidents.doc(id);
  return updateGathering(store, runtime, {
    keys: [key, slaSetting.key],
    gather: (reads) => nextClients(store, runtime, reads.get(key)?.data),
    decide: ({ reads, gathered }) => {
      const seen = reads.get(key);
      if (seen === undefined || gathered === undefined) return [];
      const { needy } = gathered;
      const now = runtime.now();
      const { timeZone } = runtime.config;
      const patch = advanced(seen.data, { ...gathered, opened: needy.length }, now);
      const write = incidents.update(seen, patch);
      if (needy.length === 0) return [write];
      const opened = openings(seen.data, needy, slaSetting.of(reads), { now, timeZone });
      return {
        counter: counterOf(monthOf(now, timeZone)),
        size: needy.length,
        writes: (n) => [write, ...opened(n)],
      };
    },
  });
};

/** Closes the tickets of an incident that is being closed, dated when it was closed. */
const sweepTicketsOf = ({ id, incidentId, closing }: Incident) =>
  sweepOf({
    name: `tickets of ${incidentId}`,
    collection: tickets,
    plan: async () =>
      closing === null
        ? undefined
        : {
            due: () => ({
              anyOf: [tickets.queries.withIncident.where({ 'incident.id': id, isActive: true })],
            }),
            decide: (seen) => {
              // It was closed or taken out of the incident since the query.
              if (!seen.data.isActive || seen.data.incident?.id !== id) return [];
              const { remark, by, at: now } = closing;
              const command = { name: 'closeByIncident', incidentId, remark } as const;
              const decision = decide(command, seen.data, by, { now, newId: randomUUID() });
              if (!decision.ok) throw new Error(`its incident can't close it: ${decision.refusal}`);
              return [tickets.update(seen, decision.patch)];
            },
          },
  });

/** Ends the closing of an incident when none of its tickets is open. */
const endClosing = (runtime: Runtime, store: Store, id: string): Promise<boolean> => {
  const key = incidents.doc(id);
  return updateGathering(store, runtime, {
    keys: [key],
    gather: () => countOpen(store, id),
    decide: ({ reads, gathered: open }) => {
      const seen = reads.get(key);
      return seen?.data.status === 'Closing' && open === 0
        ? [incidents.update(seen, closed(seen.data))]
        : [];
    },
  });
};

/** Does what an incident has to do with its tickets: opens them, closes them. May run twice at once. */
const workOn = async (runtime: Runtime, id: string, until: Date): Promise<void> => {
  const store = runtime.store.metered();
  while (runtime.now() < until && (await openNext(runtime, store, id)));
  const key = incidents.doc(id);
  const seen = await store.get(key);
  if (seen?.data.status !== 'Closing') return;
  await sweepTicketsOf(seen.data)(runtime, until);
  await endClosing(runtime, store, id);
};

/** Goes on with the work of incidents where a process left it. */
export const sweepIncidents = sweepOf({
  name: 'incidents at work',
  collection: incidents,
  plan: async (_, runtime) => ({
    due: () => ({ anyOf: [incidents.queries.atWork.where({ hasWork: true })] }),
    decide: async (seen) => {
      await workOn(runtime, seen.id, new Date(runtime.now().getTime() + WORK_MS));
      return [];
    },
  }),
});

/** Begins the work of an incident as soon as it is asked for. */
export const beginWork: Trigger = {
  name: 'cgsIncidentWork',
  document: `${incidents.name}/{id}`,
  handle: async (runtime, { id, before, after }) => {
    const [had, has] = [before, after].map((incident) => fieldOf(incident, 'hasWork') === true);
    if (had || !has) return;
    const until = new Date(runtime.now().getTime() + WORK_MS);
    await passingOverUnreadable(runtime, () => workOn(runtime, id, until));
  },
};
