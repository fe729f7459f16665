import { people } from '../../../kernel/auth/person.ts';
import { actorOf } from '../desk.ts';
import { type AssignBody, assignBody } from '../domain/schemas.ts';
import { type Order, ticketCommand } from './ticket-command.ts';

/** An assignment to somebody as they are now. */
export const assignOrder: Order<AssignBody> = {
  body: assignBody,
  loads: ({ focId }) => [people.doc(focId)],
  command: ({ focId, remark }, { reads }) => {
    const account = reads.get(people.doc(focId));
    const foc = account === undefined ? null : (actorOf(account.data) ?? null);
    return { name: 'assign', foc, remark };
  },
};

/** Gives a ticket to a FOC of its region, or to another one (contract, "Ticket status, assign"). */
export const assignFoc = ticketCommand('assign', {
  ...assignOrder,
  path: 'assign',
  summary: 'Assigns a FOC, or another FOC, to a ticket',
  contract: 'Ticket status, assign',
  sample: { as: 'FOCSupervisor', given: 'Open', body: { focId: '{foc}' } },
});
