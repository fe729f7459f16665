import type { SourceVersions } from '../../../kernel/store/fan-out.ts';
import type { Incident, IncidentRef } from '../domain/incidents/schemas.ts';
import type { Ticket } from '../domain/schemas.ts';

/** The part of an incident that its tickets copy. */
export const incidentOf = ({ id, title }: IncidentRef): IncidentRef => ({ id, title });

/** A ticket with its incident updated; a closed ticket does not change. */
export const withIncident = (
  ticket: Ticket,
  { now }: SourceVersions<IncidentRef>,
): Partial<Ticket> => (ticket.isActive && ticket.incident?.id === now.id ? { incident: now } : {});

/** An incident with the name of its part updated; a closed one does not change. */
export const partOfIncident = (
  { part, isActive }: Incident,
  { now: { id, name } }: SourceVersions<{ readonly id: string; readonly name: string }>,
): Partial<Incident> => (isActive && part?.id === id ? { part: { ...part, name } } : {});
