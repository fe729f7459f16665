import { refuse } from '../../../kernel/decision.ts';
import type { Actor, Refused } from './command.ts';
import { type CommandName, MOVES, type Move } from './moves.ts';
import type { Ticket } from './schemas.ts';
import { isTheirs, maySee } from './sight.ts';
import { waitingRequest } from './log/timeline.ts';

/** A crew that accepts too late is told that the ticket is taken, not that it does not exist. */
const mayKnow = (name: CommandName, ticket: Ticket, actor: Actor): boolean =>
  name === 'accept' && actor.role !== 'system'
    ? ticket.region === actor.region && ticket.latestStatus !== 'Draft'
    : maySee(ticket, actor);

/** Why `actor` may not give this command to this ticket now; null when it is allowed. */
export const objection = (name: CommandName, ticket: Ticket, actor: Actor): Refused | null => {
  const move: Move = MOVES[name];
  const reach = move.by[actor.role];
  if (!reach) return refuse('ticket/forbidden');
  if (!mayKnow(name, ticket, actor)) return refuse('ticket/not-found');
  if (reach === 'own' && !isTheirs(ticket, actor)) return refuse('ticket/not-yours');
  const status = ticket.latestStatus;
  if (status === 'Closed' && !move.from.includes(status))
    return refuse(move.closed ?? 'ticket/closed');
  const waiting = waitingRequest(ticket.ticketLogs);
  if (waiting && !move.overrides?.includes(actor.role)) {
    const { evidenceId, statusName } = waiting;
    return refuse('ticket/awaiting-validation', { details: { evidenceId, statusName } });
  }
  if (!move.from.includes(status)) {
    const details = { status, allowed: move.from };
    return refuse(move.wrongStatus ?? 'ticket/wrong-status', { details });
  }
  return name === 'finishing' && !ticket.isLastLinkChecking
    ? refuse('ticket/link-check-needed')
    : null;
};
