import { refuse } from '../../../kernel/decision.ts';
import type { Actor, Command, Decision, Moment } from './command.ts';
import { documentSize, FULL_AT } from './document-size.ts';
import { writeLog } from './log/log-writes.ts';
import { MOVES, type Move } from './moves.ts';
import { objection } from './objection.ts';
import type { Ticket } from './schemas.ts';
import { termsOf } from './clock/sla-promise.ts';
import { derivedFields, later } from './log/timeline.ts';

export type { Actor, Command, Decision, Moment } from './command.ts';
export { documentSize } from './document-size.ts';
export { editTicket } from './edit-ticket.ts';
export { formatTicketId, openTicket } from './open-ticket.ts';
export { maySee } from './sight.ts';
export type { Named } from './ticket-details.ts';

const LOG_FULL = { at: FULL_AT, refusal: 'ticket/log-full' } as const;

/** Decides a command on a ticket: a refusal, or everything that changes.
 *
 * A command only adds to the log; every status, time and timer of the ticket is derived from the
 * log (`derivedFields`). Pure and synchronous. If `moment.now` is before the log's last card, that
 * card's time is used. */
export const decide = (
  command: Command,
  ticket: Ticket,
  actor: Actor,
  moment: Moment,
): Decision => {
  const refused = objection(command.name, ticket, actor);
  if (refused) return refused;
  const last = ticket.ticketLogs.at(-1)?.timestamp ?? ticket.createdAt;
  const now = later(moment.now, last);
  const isClock = actor.role === 'system';
  const timer = command.name === 'release' ? ticket.releaseAt : ticket.nextTimerAt;
  const isDue = timer !== null && timer <= now;
  if (isClock && !isDue) return refuse('ticket/not-due');
  // The clock runs late: its commands, and a resume that it missed, take effect when they were due.
  const isMissed = command.name === 'resume' && isDue;
  const at = isClock || isMissed ? later(timer ?? now, last) : now;
  const written = writeLog(command, { ticket, actor, at, newId: moment.newId });
  if (!written.ok) return written;
  const patch: Partial<Ticket> = {
    ...derivedFields(written.logs, termsOf(ticket, ticket.publishedAt), now),
    ...(written.foc !== undefined && { foc: written.foc }),
    updatedAt: later(now, ticket.updatedAt),
  };
  const after: Ticket = { ...ticket, ...patch };
  const move: Move = MOVES[command.name];
  const { at: most, refusal } = move.full ?? LOG_FULL;
  if (!move.headroom?.includes(actor.role) && documentSize(after) > most) return refuse(refusal);
  return { ok: true, patch };
};
