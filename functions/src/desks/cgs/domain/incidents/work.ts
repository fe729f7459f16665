import type { Moment } from '../command.ts';
import type { Incident, Opening } from './schemas.ts';
import { openTicket } from '../open-ticket.ts';
import type { Client, PolicyInForce, Ticket } from '../schemas.ts';
import { later } from '../log/timeline.ts';

/** How many of the clients whose records can't be read an incident names. */
export const MOST_UNREADABLE = 50;

/** Whether tickets are being opened for an incident. */
export const isOpening = (
  incident: Incident,
): incident is Incident & { readonly opening: Opening } =>
  incident.opening !== null && incident.opening.endedAt === null;

/** The ticket that an incident opens for a client, complete but for its number. */
export const ticketFor = (
  { id, title, opening }: Incident,
  client: Client,
  policy: PolicyInForce,
  moment: Moment,
): ((ticketId: string) => Ticket) => {
  if (opening === null) throw new Error(`the incident ${id} opens no tickets`);
  const request = { ...opening.request, client: client.id, isDraft: false };
  const named = { client, policy, noc: opening.by, incident: { id, title } };
  const opened = openTicket(request, named, moment);
  // Its opener and its clients are of its own region.
  if (!opened.ok) throw new Error(`the incident ${id} can't open a ticket: ${opened.refusal}`);
  return opened.ticket;
};

/** An incident after some more clients were reached. */
export const advanced = (
  { opening, updatedAt }: Incident,
  done: {
    /** The client that was reached last; undefined if there was none left. */
    readonly after: string | undefined;
    readonly opened: number;
    readonly skipped: number;
    /** Clients whose records could not be read. */
    readonly unreadable: readonly string[];
    readonly isLast: boolean;
  },
  now: Date,
): Partial<Incident> =>
  opening === null
    ? {}
    : {
        opening: {
          ...opening,
          after: done.after ?? opening.after,
          opened: opening.opened + done.opened,
          skipped: opening.skipped + done.skipped,
          unreadable: {
            count: opening.unreadable.count + done.unreadable.length,
            clients: [...opening.unreadable.clients, ...done.unreadable].slice(0, MOST_UNREADABLE),
          },
          endedAt: done.isLast ? now : null,
        },
        hasWork: !done.isLast,
        updatedAt: later(now, updatedAt),
      };

/** The end of a closing, when none of its tickets is open any more. */
export const closed = ({ closing }: Incident): Partial<Incident> => ({
  status: 'Closed',
  isActive: false,
  hasWork: false,
  closedAt: closing?.at ?? null,
});
