import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { cgs } from '../desk.ts';
import { linkBody } from '../domain/incidents/schemas.ts';
import { OFFICERS } from '../domain/vocabulary.ts';
import { decideTickets, errorOf } from '../tickets/each-ticket.ts';
import { ticketRowSchema, toRow } from '../tickets/wire.ts';
import { beginLinking, gatherServed, linkKeys, marked } from './linking.ts';

/** Links tickets to an incident: all of them in one commit, or none. */
export const linkTickets = cgs.endpoint({
  method: 'post',
  path: '/incidents/:id/tickets',
  summary: 'Links up to 100 tickets of its region to an incident: all of them or none',
  contract: 'Incidents',
  roles: OFFICERS,
  refusals: ['incident/not-found', 'incident/closed', 'incident/tickets-refused'],
  input: { ...noInput, params: byId, body: linkBody },
  status: 201,
  returns: 'the rows of the tickets, in the order of the request',
  output: z.object({ result: z.array(ticketRowSchema) }),
  // The session, the incident and each ticket, and the open tickets of their clients; the incident and
  // each ticket that was not linked yet.
  cost: { reads: 5, writes: 3 },
  sample: {
    as: 'NOC',
    given: 'incidentAndTickets',
    body: { ticketIds: ['{ticket}', '{otherTicket}'] },
  },
  loads: ({ params, body }) => linkKeys(params.id, body.ticketIds),
  handle: ({ input: { params, body }, store, change }) => {
    const ids = [...new Set(body.ticketIds)];
    return change({
      gather: (reads) => gatherServed(store, reads, params.id, ids),
      decide: (situation) => {
        const linking = beginLinking(params.id, ids, situation);
        if (linking instanceof Problem) return linking;
        const { decided, writes } = decideTickets(ids, situation.reads, linking.link);
        const refused = decided.flatMap(({ id, decision }) =>
          decision.ok ? [] : [{ id, ...errorOf(decision) }],
        );
        if (refused.length > 0) return cgs.refuse('incident/tickets-refused', refused);
        const result = decided.flatMap(({ seen, decision }) =>
          seen && decision.ok ? [toRow({ ...seen.data, ...decision.patch })] : [],
        );
        return { writes: marked(writes, linking), answer: { result } };
      },
    });
  },
});
