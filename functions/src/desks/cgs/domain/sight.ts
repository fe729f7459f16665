import type { Actor } from './command.ts';
import type { Person, Ticket } from './schemas.ts';
import type { Role } from './vocabulary.ts';

/** Whether somebody is the FOC of a ticket. */
export const isTheirs = (ticket: Ticket, actor: Actor): boolean =>
  actor.role !== 'system' && ticket.foc?.id === actor.id;

const isOffered = ({ region, latestStatus }: Ticket, person: Person): boolean =>
  region === person.region && latestStatus === 'Open';

const SIGHT = {
  SuperAdmin: () => true,
  NOC: ({ region }, person) => region === person.region,
  FOCSupervisor: (ticket, person) =>
    isTheirs(ticket, person) ||
    isOffered(ticket, person) ||
    (ticket.region === person.region && ticket.inProgressByFoc),
  FOC: (ticket, person) => isTheirs(ticket, person) || isOffered(ticket, person),
} as const satisfies Record<Role, (ticket: Ticket, person: Person) => boolean>;

/** Who sees a ticket; the security rules say the same ("Firestore Collection"). */
export const maySee = (ticket: Ticket, actor: Actor): boolean =>
  actor.role === 'system' || SIGHT[actor.role](ticket, actor);
