import { z } from 'zod';
import { refuse } from '../../../kernel/decision.ts';
import { type GatheredSituation, noInput } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { DocKey, Reads, Write } from '../../../kernel/store/document.ts';
import { idText } from '../../../kernel/store/ids.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { cgs, problemOf, resultOf } from '../desk.ts';
import type { Decision } from '../domain/command.ts';
import type { Served } from '../domain/incidents/linked-ticket.ts';
import { type CancelBody, cancelBody, type Person, type Ticket } from '../domain/schemas.ts';
import { OFFICERS } from '../domain/vocabulary.ts';
import { beginLinking, gatherServed, linkKeys, marked } from '../incidents/linking.ts';
import { assignOrder } from './assign-foc.ts';
import { cancelOrder } from './cancel-ticket.ts';
import { tickets } from './collection.ts';
import { decideTickets, errorOf } from './each-ticket.ts';
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

type Writes = readonly Write[];

/** What an action does to each ticket, and the writes of those that it changes with what goes along. */
interface Begun {
  readonly decide: (ticket: Ticket) => Decision;
  readonly write: (changes: Writes) => Writes;
}

/** An action with its body: what it depends on, and what it does to some tickets, or why to none. */
interface Action {
  readonly loads: readonly DocKey<unknown>[];
  readonly gather: (store: Store, reads: Reads) => Promise<Served>;
  readonly begin: (situation: GatheredSituation<Person, Served>) => Begun | Problem;
}

const ordered = <B>({ loads, command }: Order<B>, body: B): Action => ({
  loads: loads?.(body) ?? [],
  gather: async () => new Map(),
  begin: (situation) => ({
    decide: (ticket) => decideNow(command(body, situation), ticket, situation),
    write: (changes) => changes,
  }),
});

const linking = (ids: readonly string[], { incident }: z.output<typeof linkBody>): Action => ({
  loads: linkKeys(incident, ids),
  gather: (store, reads) => gatherServed(store, reads, incident, ids),
  begin: (situation) => {
    const begun = beginLinking(incident, ids, situation);
    if (begun instanceof Problem) return begun;
    const isOfficer = OFFICERS.some((role) => role === situation.actor.role);
    return {
      decide: (ticket) => (isOfficer ? begun.link(ticket) : refuse('ticket/forbidden')),
      write: (changes) => marked(changes, begun),
    };
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
      return linking(asked.tickets, asked.body);
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

const answerOf = ({ id, decision }: Decided): z.output<typeof answerSchema> =>
  decision.ok
    ? { id, status: 201 }
    : { id, status: problemOf(decision).status, error: errorOf(decision) };

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
  loads: ({ body }) => [...body.tickets.map(tickets.doc), ...actionIn(body).loads],
  handle: ({ input: { body }, store, change }) => {
    const action = actionIn(body);
    return change({
      gather: (reads) => action.gather(store, reads),
      decide: (situation) => {
        const begun = action.begin(situation);
        if (begun instanceof Problem) return begun;
        const { decided, writes } = decideTickets(body.tickets, situation.reads, begun.decide);
        return { writes: begun.write(writes), answer: { result: decided.map(answerOf) } };
      },
    });
  },
});
