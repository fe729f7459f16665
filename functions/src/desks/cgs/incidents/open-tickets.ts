import { noInput } from '../../../kernel/http/endpoint.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { cgs, resultOf } from '../desk.ts';
import { beginOpening } from '../domain/incidents/incident.ts';
import { incidentWireSchema, openTicketsBody } from '../domain/incidents/schemas.ts';
import { OFFICERS } from '../domain/vocabulary.ts';
import { incidents } from './collection.ts';
import { decidedIncident } from './incident-change.ts';
import { clientsOf, partIn, partKeys } from './network-part.ts';

/** Begins to open a ticket for each client of a part of the network; `work.ts` does it. */
export const openTickets = cgs.endpoint({
  method: 'post',
  path: '/incidents/:id/open-tickets',
  summary: 'Opens a ticket for each active client of a part of the network that has none yet',
  contract: 'Incidents',
  roles: OFFICERS,
  refusals: [
    'incident/not-found',
    'incident/closed',
    'incident/opening',
    'incident/part-needed',
    'incident/part-not-found',
  ],
  input: { ...noInput, params: byId, body: openTicketsBody },
  status: 202,
  returns: 'the incident, whose `opening` says how far the work has come',
  output: resultOf(incidentWireSchema),
  // The session, the incident and the count of the clients. One more for a part that is named.
  cost: { reads: 3, writes: 1 },
  sample: {
    as: 'NOC',
    given: 'oneIncident',
    body: { type: 'Trouble', source: 'DeviceLog', indicationCategory: 'FiberCut' },
  },
  loads: ({ params, body }) => [incidents.doc(params.id), ...partKeys(body.part)],
  handle: ({ input: { params, body }, store, change }) =>
    change({
      gather: async (reads) => {
        const incident = reads.get(incidents.doc(params.id))?.data;
        const part = body.part === undefined ? incident?.part : partIn(reads, body.part);
        if (incident === undefined || part == null) return { part, clients: 0 };
        return { part, clients: await store.count({ anyOf: [clientsOf(part, incident.region)] }) };
      },
      decide: ({ gathered, ...situation }) =>
        decidedIncident(params.id, (incident, { actor, now }) =>
          beginOpening({ ...body, ...gathered }, incident, actor, now),
        )(situation),
    }),
});
