import { INCIDENT_CHANGES } from './changes.ts';
import { createIncident } from './create-incident.ts';
import { getIncident } from './get-incident.ts';
import { linkTickets } from './link-tickets.ts';
import { listIncidents } from './list-incidents.ts';
import { openTickets } from './open-tickets.ts';
import { unlinkFromIncident } from './unlink-ticket.ts';

/** Incidents, and the tickets that come from them. */
export const INCIDENT_ENDPOINTS = [
  createIncident,
  listIncidents,
  getIncident,
  ...INCIDENT_CHANGES,
  linkTickets,
  unlinkFromIncident,
  openTickets,
];
