import { noInput } from '../../../kernel/http/endpoint.ts';
import { cgs, problemOf, resultOf } from '../desk.ts';
import { ticketDetailSchema } from './wire.ts';
import { slaSetting } from '../settings/collection.ts';
import { tickets } from './collection.ts';
import { clientKeys, namedBy } from './named.ts';
import { dated, toWire, updateTicketBody } from '../domain/schemas.ts';
import { editTicket } from '../domain/ticket.ts';
import { OFFICERS } from '../domain/vocabulary.ts';
import { byId } from '../../../kernel/store/ids.ts';

/** Edits the details of a ticket; only commands change its status. */
export const updateTicket = cgs.endpoint({
  method: 'put',
  path: '/tickets/:id',
  summary: 'Edits a ticket; what is left out does not change',
  contract: 'Who may do what, edit a ticket',
  roles: OFFICERS,
  refusals: [
    'ticket/not-found',
    'ticket/closed',
    'ticket/not-draft',
    'ticket/in-progress',
    'ticket/in-incident',
    'ticket/log-full',
    'client/not-found',
    'client/other-region',
    'ticket/forbidden-region',
    'area/not-found',
  ],
  input: { ...noInput, params: byId, body: updateTicketBody },
  status: 200,
  returns: 'the ticket as it is now',
  output: resultOf(ticketDetailSchema),
  cost: { reads: 3, writes: 1 },
  audit: 'ticket',
  sample: { as: 'NOC', given: 'Open', body: { remark: 'The gate code is 4711.' } },
  loads: ({ params, body }) => [tickets.doc(params.id), slaSetting.key, ...clientKeys(body)],
  handle: ({ input: { params, body }, runtime, store, change }) =>
    change({
      gather: (reads) =>
        namedBy(body, { store, reads }, (client) => {
          const seen = reads.get(tickets.doc(params.id))?.data;
          const isNew = client !== null && client.id !== seen?.client.id;
          return body.region ?? (isNew ? client.region : seen?.region);
        }),
      decide: ({ reads, gathered, actor, now }) => {
        const seen = reads.get(tickets.doc(params.id));
        if (seen === undefined) return cgs.refuse('ticket/not-found');
        const named = { ...gathered, policy: slaSetting.of(reads) };
        const request = dated(body, runtime.config.timeZone);
        const decision = editTicket(request, seen.data, actor, named, { now });
        if (!decision.ok) return problemOf(decision);
        const after = { ...seen.data, ...decision.patch };
        return {
          writes: [tickets.update(seen, decision.patch)],
          answer: { result: { id: seen.id, ...toWire(after) } },
        };
      },
    }),
});
