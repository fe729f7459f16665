import type { Reads } from '../../../kernel/store/document.ts';
import { problemOf } from '../desk.ts';
import type { Decision, Refused } from '../domain/command.ts';
import { decideEach } from '../domain/decide-each.ts';
import type { Ticket } from '../domain/schemas.ts';
import { tickets } from './collection.ts';

/** Whether there is something to write: linking a ticket to its own incident changes nothing. */
const hasChange = ({ patch }: { readonly patch: Partial<Ticket> }): boolean =>
  Object.keys(patch).length > 0;

/** Decides the same for each of some tickets, in their order, and the writes of all that is allowed. */
export const decideTickets = (
  ids: readonly string[],
  reads: Reads,
  decide: (ticket: Ticket) => Decision,
) => {
  const asked = ids.map((id) => ({ id, seen: reads.get(tickets.doc(id)) }));
  const decided = decideEach(asked, decide);
  return {
    decided,
    writes: decided.flatMap(({ seen, decision }) =>
      seen && decision.ok && hasChange(decision) ? [tickets.update(seen, decision.patch)] : [],
    ),
  };
};

/** Why a ticket was refused, as part of a response. */
export const errorOf = (refused: Refused) => {
  const { code, message, details } = problemOf(refused);
  return { code, message, ...(details !== undefined && { details }) };
};
