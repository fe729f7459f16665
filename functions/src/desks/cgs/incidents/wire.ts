import type { z } from 'zod';
import type {
  Incident,
  incidentRowSchema,
  incidentWireSchema,
} from '../domain/incidents/schemas.ts';
import type { IncidentRow } from './collection.ts';

const isoOf = (at: Date | null): string | null => at?.toISOString() ?? null;

const openingToWire = (opening: Incident['opening']) => {
  if (opening === null) return null;
  const { part, at, clients, opened, skipped, unreadable, endedAt } = opening;
  return {
    part,
    at: at.toISOString(),
    clients,
    opened,
    skipped,
    unreadable,
    endedAt: isoOf(endedAt),
  };
};

const closingToWire = (closing: Incident['closing']) => {
  if (closing === null) return null;
  const { at, by, remark, tickets } = closing;
  return { at: at.toISOString(), by: { id: by.id, name: by.name }, remark, tickets };
};

/** The row of an incident in lists. */
export const toIncidentRow = (incident: IncidentRow): z.output<typeof incidentRowSchema> => ({
  id: incident.id,
  incidentId: incident.incidentId,
  region: incident.region,
  title: incident.title,
  networkSegment: incident.networkSegment,
  part: incident.part,
  remark: incident.remark,
  status: incident.status,
  isActive: incident.isActive,
  expectedEndAt: isoOf(incident.expectedEndAt),
  openedBy: incident.openedBy,
  tickets: incident.tickets,
  opening: openingToWire(incident.opening),
  closing: closingToWire(incident.closing),
  createdAt: incident.createdAt.toISOString(),
  updatedAt: incident.updatedAt.toISOString(),
  closedAt: isoOf(incident.closedAt),
});

/** An incident with its notes. */
export const toIncidentWire = (incident: Incident): z.output<typeof incidentWireSchema> => ({
  ...toIncidentRow(incident),
  notes: incident.notes.map(({ at, ...note }) => ({ at: at.toISOString(), ...note })),
});
