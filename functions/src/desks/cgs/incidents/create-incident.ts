import { noInput } from '../../../kernel/http/endpoint.ts';
import { counterOf } from '../../../kernel/store/numbered.ts';
import { cgs, incidentProblemOf, resultOf } from '../desk.ts';
import { formatIncidentId, openIncident } from '../domain/incidents/incident.ts';
import { createIncidentBody, incidentWireSchema } from '../domain/incidents/schemas.ts';
import { momentOf } from '../domain/moment-input.ts';
import { OFFICERS } from '../domain/vocabulary.ts';
import { monthOf } from '../figures/month.ts';
import { incidents } from './collection.ts';
import { partIn, partKeys } from './network-part.ts';
import { toIncidentWire } from './wire.ts';

/** Opens an incident: one fault of the network from which many tickets come. */
export const createIncident = cgs.endpoint({
  method: 'post',
  path: '/incidents',
  summary: 'Opens an incident: a fault of the network that many tickets come from',
  contract: 'Incidents',
  roles: OFFICERS,
  refusals: ['incident/region-required', 'incident/forbidden-region', 'incident/part-not-found'],
  input: { ...noInput, body: createIncidentBody },
  status: 201,
  returns: 'the new incident',
  output: resultOf(incidentWireSchema),
  // The session, the part and the counter; the incident and the counter.
  cost: { reads: 3, writes: 2 },
  sample: {
    as: 'NOC',
    given: 'oneSplitter',
    body: {
      title: 'Backbone cut near Pasteur',
      networkSegment: 'Backbone',
      part: { kind: 'Splitter', id: '{id}' },
      expectedEndAt: '2026-11-25T18:00:00+07:00',
      remark: 'An excavator, 80 m east of the toll gate.',
    },
  },
  loads: ({ body }) => partKeys(body.part),
  handle: ({ input: { body }, runtime, changeNumbered }) => {
    const newId = runtime.newId();
    const { timeZone } = runtime.config;
    const { title, region, networkSegment = null, remark = null, part, expectedEndAt } = body;
    const endAt = expectedEndAt === undefined ? null : momentOf(expectedEndAt, timeZone);
    return changeNumbered({
      counter: (now) => counterOf('cgs', `incidents-${monthOf(now, timeZone).id}`)(),
      decide: ({ reads, actor, now }) => {
        const request = { title, region, networkSegment, remark, expectedEndAt: endAt };
        const found = part === undefined ? null : partIn(reads, part);
        const opening = openIncident({ ...request, part: found }, actor, { now, newId });
        if (!opening.ok) return incidentProblemOf(opening);
        return (n) => {
          const incident = opening.incident(formatIncidentId(monthOf(now, timeZone), n));
          return {
            writes: [incidents.create(newId, incident)],
            answer: { result: toIncidentWire(incident) },
          };
        };
      },
    });
  },
});
