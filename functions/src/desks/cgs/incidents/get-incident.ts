import { noInput } from '../../../kernel/http/endpoint.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { cgs, resultOf } from '../desk.ts';
import { maySeeIncident } from '../domain/incidents/incident.ts';
import { incidentWireSchema } from '../domain/incidents/schemas.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { incidents } from './collection.ts';
import { toIncidentWire } from './wire.ts';

/** One incident; 404 for one of another region. */
export const getIncident = cgs.endpoint({
  method: 'get',
  path: '/incidents/:id',
  summary: 'Returns one incident with its notes',
  contract: 'Incidents',
  roles: ROLES,
  refusals: ['incident/not-found'],
  input: { ...noInput, params: byId },
  status: 200,
  returns: 'the incident as it is now',
  output: resultOf(incidentWireSchema),
  cost: { reads: 2, writes: 0 },
  sample: { as: 'FOC', given: 'oneIncident' },
  loads: ({ params }) => [incidents.doc(params.id)],
  handle: async ({ input: { params }, reads, actor }) => {
    const seen = reads.get(incidents.doc(params.id));
    if (seen === undefined || !maySeeIncident(seen.data, actor)) {
      return cgs.refuse('incident/not-found');
    }
    return { result: toIncidentWire(seen.data) };
  },
});
