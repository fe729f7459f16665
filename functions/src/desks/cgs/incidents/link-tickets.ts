import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import type { Reads } from '../../../kernel/store/document.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { cgs, incidentProblemOf } from '../desk.ts';
import { objectionTo } from '../domain/incident.ts';
import { type Incident, linkBody } from '../domain/incident-schemas.ts';
import { linkTicket } from '../domain/linked-ticket.ts';
import type { Person } from '../domain/schemas.ts';
import { OFFICERS, REFUSALS } from '../domain/vocabulary.ts';
import { tickets } from '../tickets/collection.ts';
import { ticketRowSchema, toRow } from '../tickets/wire.ts';
import { incidents } from './collection.ts';

/** What linking each of some tickets comes to. */
const linksOf = (
  ids: readonly string[],
  incident: Incident,
  { reads, actor, now }: { readonly reads: Reads; readonly actor: Person; readonly now: Date },
) => {
  const asked = [...new Set(ids)].map((id) => {
    const seen = reads.get(tickets.doc(id));
    if (seen === undefined) return { id, refusal: 'ticket/not-found' as const };
    const decision = linkTicket(seen.data, incident, actor, now);
    if (!decision.ok) return { id, refusal: decision.refusal };
    const isNew = seen.data.incident?.id !== incident.id;
    return {
      id,
      writes: isNew ? [tickets.update(seen, decision.patch)] : [],
      after: { ...seen.data, ...decision.patch },
    };
  });
  return {
    refused: asked.flatMap(({ id, refusal }) =>
      refusal === undefined ? [] : [{ id, code: refusal, message: REFUSALS[refusal].message }],
    ),
    writes: asked.flatMap(({ writes = [] }) => writes),
    rows: asked.flatMap(({ after }) => (after === undefined ? [] : [toRow(after)])),
  };
};

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
  // The session, the incident and each ticket; each ticket that was not linked yet.
  cost: { reads: 4, writes: 2 },
  sample: {
    as: 'NOC',
    given: 'incidentAndTickets',
    body: { ticketIds: ['{ticket}', '{otherTicket}'] },
  },
  loads: ({ params, body }) => [incidents.doc(params.id), ...body.ticketIds.map(tickets.doc)],
  handle: ({ input: { params, body }, change }) =>
    change({
      decide: (situation) => {
        const incident = situation.reads.get(incidents.doc(params.id))?.data;
        if (incident === undefined) return cgs.refuse('incident/not-found');
        const objection = objectionTo(incident, situation.actor);
        if (objection) return incidentProblemOf(objection);
        const { refused, writes, rows } = linksOf(body.ticketIds, incident, situation);
        if (refused.length > 0) return cgs.refuse('incident/tickets-refused', refused);
        return { writes, answer: { result: rows } };
      },
    }),
});
