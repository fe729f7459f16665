import { z } from 'zod';
import { noInput, type Situation } from '../../../kernel/http/endpoint.ts';
import type { DocKey } from '../../../kernel/store/document.ts';
import { idText } from '../../../kernel/store/ids.ts';
import { cgs, problemOf, resultOf } from '../desk.ts';
import type { Decision } from '../domain/command.ts';
import { decideEach } from '../domain/decide-each.ts';
import type { Person, Ticket } from '../domain/schemas.ts';
import { OFFICERS } from '../domain/vocabulary.ts';
import { assignOrder } from './assign-foc.ts';
import { cancelOrder } from './cancel-ticket.ts';
import { tickets } from './collection.ts';
import { bareOrder, decideNow, type Order } from './ticket-command.ts';

const publishOrder = bareOrder('publish');

const isWithoutRepeats = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

const ids = z.array(idText).min(1).max(100).refine(isWithoutRepeats, 'Name each ticket once.');

const actionOf = <N extends string, B>(name: N, { body }: Order<B>) =>
  z.strictObject({ action: z.literal(name), tickets: ids, body });

/** What is done to each ticket; `body` is that of the command's own endpoint. */
const bulkBody = z.discriminatedUnion('action', [
  actionOf('cancel', cancelOrder),
  actionOf('assign', assignOrder),
  actionOf('publish', publishOrder),
]);

/** An action with its body: what it depends on, and what it does to a ticket. */
interface Action {
  readonly loads: readonly DocKey<unknown>[];
  readonly decide: (ticket: Ticket, situation: Situation<Person>) => Decision;
}

const ordered = <B>({ loads, command }: Order<B>, body: B): Action => ({
  loads: loads?.(body) ?? [],
  decide: (ticket, situation) => decideNow(command(body, situation), ticket, situation),
});

const actionIn = (asked: z.output<typeof bulkBody>): Action => {
  switch (asked.action) {
    case 'cancel':
      return ordered(cancelOrder, asked.body);
    case 'assign':
      return ordered(assignOrder, asked.body);
    case 'publish':
      return ordered(publishOrder, asked.body);
  }
};

const answerSchema = z
  .object({
    id: z.string(),
    status: z.int().meta({ description: 'that of the ticket’s own endpoint' }),
    error: z
      .object({ code: z.string(), message: z.string(), details: z.unknown().optional() })
      .optional(),
  })
  .meta({ id: 'BulkAnswer' });

type Decided = { readonly id: string; readonly decision: Decision };

const answerOf = ({ id, decision }: Decided): z.output<typeof answerSchema> => {
  if (decision.ok) return { id, status: 201 };
  const { status, code, message, details } = problemOf(decision);
  return { id, status, error: { code, message, ...(details !== undefined && { details }) } };
};

/**
 * Gives several tickets the same command, each decided as by its own endpoint. All that are allowed
 * are one commit, together with the response that is stored for an `Idempotency-Key`: a repeat finds
 * either all of it or nothing.
 */
export const changeTickets = cgs.endpoint({
  method: 'post',
  path: '/tickets/bulk',
  summary: 'Cancels, assigns or publishes up to 100 tickets, each for itself',
  contract: 'Ticket status',
  roles: [...OFFICERS, 'FOCSupervisor'],
  input: { ...noInput, body: bulkBody },
  status: 200,
  returns: 'what became of each ticket, in the order of the request',
  output: resultOf(z.array(answerSchema)),
  // The session, the categories and each ticket; each ticket that changes.
  cost: { reads: 4, writes: 2 },
  sample: {
    as: 'NOC',
    given: 'two Open tickets',
    body: {
      action: 'cancel',
      tickets: ['{ticket}', '{other}'],
      body: { remark: 'Opened twice.', cancelCategory: 'Duplicate' },
    },
  },
  loads: ({ body }) => [...body.tickets.map((id) => tickets.doc(id)), ...actionIn(body).loads],
  handle: ({ input: { body }, change }) =>
    change({
      decide: (situation) => {
        const { decide } = actionIn(body);
        const asked = body.tickets.map((id) => ({
          id,
          seen: situation.reads.get(tickets.doc(id)),
        }));
        const decided = decideEach(asked, (ticket) => decide(ticket, situation));
        return {
          writes: decided.flatMap(({ seen, decision }) =>
            seen && decision.ok ? [tickets.update(seen, decision.patch)] : [],
          ),
          answer: { result: decided.map(answerOf) },
        };
      },
    }),
});
