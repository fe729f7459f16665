import type { z } from 'zod';
import type { AuditKind } from '../../../kernel/audit/collection.ts';
import {
  type Decide,
  noInput,
  type Sample,
  type Situation,
} from '../../../kernel/http/endpoint.ts';
import { ATTACH_REFUSALS } from '../../../kernel/media/attach.ts';
import { mediaKeys } from '../../../kernel/media/paths.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { cgs, incidentProblemOf, resultOf } from '../desk.ts';
import type { IncidentDecision } from '../domain/incidents/incident.ts';
import { type Incident, incidentWireSchema } from '../domain/incidents/schemas.ts';
import type { IncidentRefusal } from '../domain/incidents/vocabulary.ts';
import type { Person } from '../domain/schemas.ts';
import { OFFICERS } from '../domain/vocabulary.ts';
import { type Evident, photosIn, takePhoto, takesPhoto } from '../evidence-photo.ts';
import { incidents } from './collection.ts';
import { toIncidentWire } from './wire.ts';

/** Decides about an incident and turns the decision into the plan of a change, which answers it. */
export const decidedIncident =
  (
    id: string,
    decide: (incident: Incident, situation: Situation<Person>) => IncidentDecision,
    photo?: Evident,
  ): Decide<Situation<Person>, { result: z.output<typeof incidentWireSchema> }> =>
  (situation) => {
    const seen = situation.reads.get(incidents.doc(id));
    if (seen === undefined) return cgs.refuse('incident/not-found');
    const decision = decide(seen.data, situation);
    if (!decision.ok) return incidentProblemOf(decision);
    const taken = photo ? takePhoto(seen.key.path, photo, situation) : [];
    if (taken instanceof Problem) return taken;
    const after = { ...seen.data, ...decision.patch };
    return {
      writes: [incidents.update(seen, decision.patch), ...taken],
      answer: { result: toIncidentWire(after) },
    };
  };

interface ChangeSpec<B> {
  readonly method: 'put' | 'post';
  /** Under `/incidents/:id`. */
  readonly path: string;
  readonly summary: string;
  readonly status: 200 | 201 | 202;
  readonly body: z.ZodType<B>;
  readonly refusals?: readonly IncidentRefusal[];
  readonly audit?: AuditKind;
  readonly sample: Sample;
  readonly decide: (
    body: B,
    incident: Incident,
    situation: Situation<Person>,
    runtime: Runtime,
  ) => IncidentDecision;
}

/** An endpoint of the office that changes an incident, which depends on nothing else. */
export const incidentChange = <B>({ path, body, refusals = [], decide, ...spec }: ChangeSpec<B>) =>
  cgs.endpoint({
    ...spec,
    path: `/incidents/:id${path}`,
    contract: 'Incidents',
    roles: OFFICERS,
    refusals: [
      'incident/not-found',
      'incident/closed',
      ...refusals,
      ...(takesPhoto(body) ? ATTACH_REFUSALS : []),
    ],
    input: { ...noInput, params: byId, body },
    returns: 'the incident as it is now',
    output: resultOf(incidentWireSchema),
    cost: { reads: 2, writes: 1 },
    loads: ({ params, body: sent }) => [incidents.doc(params.id), ...mediaKeys(photosIn(sent))],
    handle: ({ input: { params, body: sent }, runtime, change }) =>
      change({
        decide: decidedIncident(
          params.id,
          (incident, situation) => decide(sent, incident, situation, runtime),
          { named: photosIn(sent), hosts: runtime.config.mediaHosts },
        ),
      }),
  });
