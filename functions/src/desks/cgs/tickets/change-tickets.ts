import { z } from 'zod';
import { refuse } from '../../../kernel/decision.ts';
import { noInput, type Situation } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { DocKey } from '../../../kernel/store/document.ts';
import { idText } from '../../../kernel/store/ids.ts';
import { cgs, incidentProblemOf, problemOf, resultOf } from '../desk.ts';
import type { Decision } from '../domain/command.ts';
import { decideEach } from '../domain/decide-each.ts';
import { objectionTo } from '../domain/incident.ts';
import { linkTicket } from '../domain/linked-ticket.ts';
import { type CancelBody, cancelBody, type Person, type Ticket } from '../domain/schemas.ts';
import { OFFICERS } from '../domain/vocabulary.ts';
import { incidents } from '../incidents/collection.ts';
import { assignOrder } from './assign-foc.ts';
import { cancelOrder } from './cancel-ticket.ts';
import { tickets } from './collection.ts';
import { bareOrder, decideNow, type Order } from './ticket-command.ts';

const publishOrder = bareOrder('publish');

/** A cancel of each with the same words; a photo belongs to one ticket alone. */
const cancelEachOrder: Order<CancelBody> = {
  ...cancelOrder,
  body: cancelBody.omit({ mediaUrl: true }).transform((body) => ({ ...body, mediaUrl: null })),
};

const linkBody = z.strictObject({ incident: idText });

const isWithoutRepeats = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

const ids = z.array(idText).min(1).max(100).refine(isWithoutRepeats, 'Name each ticket once.');

const actionOf = <N extends string, B>(name: N, body: z.ZodType<B>) =>
  z.strictObject({ action: z.literal(name), tickets: ids, body });

/** What is done to each ticket; `body` is that of the command's own path, or names an incident. */
const bulkBody = z.discriminatedUnion('action', [
  actionOf('cancel', cancelEachOrder.body),
  actionOf('assign', assignOrder.body),
  actionOf('publish', publishOrder.body),
  actionOf('link', linkBody),
]);

/** An action with its body: what it depends on, and what it does to a ticket, or why to none. */
interface Action {
  readonly loads: readonly DocKey<unknown>[];
  readonly begin: (situation: Situation<Person>) => ((ticket: Ticket) => Decision) | Problem;
}

const ordered = <B>({ loads, command }: Order<B>, body: B): Action => ({
  loads: loads?.(body) ?? [],
  begin: (situation) => (ticket) => decideNow(command(body, situation), ticket, situation),
});

const linking = ({ incident: id }: z.output<typeof linkBody>): Action => ({
  loads: [incidents.doc(id)],
  begin: ({ reads, actor, now }) => {
    const incident = reads.get(incidents.doc(id))?.data;
    if (incident === undefined) return cgs.refuse('incident/not-found');
    const objection = objectionTo(incident, actor);
    if (objection) return incidentProblemOf(objection);
    const isOfficer = OFFICERS.some((role) => role === actor.role);
    return (ticket) =>
      isOfficer ? linkTicket(ticket, incident, actor, now) : refuse('ticket/forbidden');
  },
});

const actionIn = (asked: z.output<typeof bulkBody>): Action => {
  switch (asked.action) {
    case 'cancel':
      return ordered(cancelEachOrder, asked.body);
    case 'assign':
      return ordered(assignOrder, asked.body);
    case 'publish':
      return ordered(publishOrder, asked.body);
    case 'link':
      return linking(asked.body);
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

/** Whether there is something to write: linking a ticket to its own incident changes nothing. */
const hasChange = ({ patch }: { readonly patch: Partial<Ticket> }): boolean =>
  Object.keys(patch).length > 0;

/**
 * Gives several tickets the same command, each decided as by its own endpoint. All that are allowed
 * are one commit, together with the response that is stored for an `Idempotency-Key`: a repeat finds
 * either all of it or nothing.
 */
export const changeTickets = cgs.endpoint({
  method: 'post',
  path: '/tickets/bulk',
  summary: 'Cancels, assigns, publishes or links up to 100 tickets, each for itself',
  contract: 'Ticket status',
  roles: [...OFFICERS, 'FOCSupervisor'],
  refusals: ['incident/not-found', 'incident/closed'],
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
        const decide = actionIn(body).begin(situation);
        if (decide instanceof Problem) return decide;
        const asked = body.tickets.map((id) => ({
          id,
          seen: situation.reads.get(tickets.doc(id)),
        }));
        const decided = decideEach(asked, decide);
        return {
          writes: decided.flatMap(({ seen, decision }) =>
            seen && decision.ok && hasChange(decision)
              ? [tickets.update(seen, decision.patch)]
              : [],
          ),
          answer: { result: decided.map(answerOf) },
        };
      },
    }),
});
