import type { Actor } from './command.ts';
import type { Ticket } from './schemas.ts';

/** Whether somebody is the FOC of a ticket. */
export const isTheirs = (ticket: Ticket, actor: Actor): boolean =>
  actor.role !== 'system' && ticket.foc?.id === actor.id;

/** Who sees a ticket, through the API as through the security rules ("Firestore Collection"). */
export const maySee = (ticket: Ticket, actor: Actor): boolean => {
  if (actor.role === 'system' || actor.role === 'SuperAdmin') return true;
  const isNear = ticket.region === actor.region;
  if (actor.role === 'NOC') return isNear;
  const isOffered = ticket.latestStatus === 'Open';
  const isWatched = actor.role === 'FOCSupervisor' && ticket.inProgressByFoc;
  return isTheirs(ticket, actor) || (isNear && (isOffered || isWatched));
};
