import { closeIncident, editIncident, noteIncident } from '../domain/incidents/incident.ts';
import { closeIncidentBody, updateIncidentBody } from '../domain/incidents/schemas.ts';
import { momentOf } from '../domain/moment-input.ts';
import { noteBody } from '../domain/schemas.ts';
import { incidentChange } from './incident-change.ts';

/** The endpoints that change an incident and depend on nothing else. */
export const INCIDENT_CHANGES = [
  incidentChange({
    method: 'put',
    path: '',
    summary: 'Edits an incident; what is left out does not change',
    status: 200,
    body: updateIncidentBody,
    audit: 'incident',
    sample: {
      as: 'NOC',
      given: 'oneIncident',
      body: {
        title: 'Backbone cut near Pasteur and Sukajadi',
        expectedEndAt: '2026-11-25T21:00:00Z',
      },
    },
    decide: ({ expectedEndAt, ...body }, incident, { actor, now }, { config: { timeZone } }) => {
      const endAt = expectedEndAt == null ? expectedEndAt : momentOf(expectedEndAt, timeZone);
      return editIncident({ ...body, expectedEndAt: endAt }, incident, actor, now);
    },
  }),
  incidentChange({
    method: 'post',
    path: '/notes',
    summary: 'Adds a note, with a photo or without, for everybody who sees the incident',
    status: 201,
    body: noteBody,
    refusals: ['incident/notes-full'],
    sample: { as: 'NOC', given: 'oneIncident', body: { remark: 'Splicing has begun.' } },
    decide: (note, incident, { actor, now }) => noteIncident(note, incident, actor, now),
  }),
  incidentChange({
    method: 'post',
    path: '/close',
    summary: 'Closes an incident, with its tickets or without them',
    // Its tickets are closed soon after.
    status: 202,
    body: closeIncidentBody,
    sample: {
      as: 'NOC',
      given: 'oneIncident',
      body: { remark: '96 cores spliced, all links are up.', tickets: 'close' },
    },
    decide: (body, incident, { actor, now }) => closeIncident(body, incident, actor, now),
  }),
];
