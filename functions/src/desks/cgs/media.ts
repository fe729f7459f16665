import { mediaEndpoints } from '../../kernel/media/kit.ts';
import { holderOf } from '../../kernel/media/style.ts';
import { cgs, resultOf } from './desk.ts';
import { maySeeIncident } from './domain/incidents/incident.ts';
import { maySee } from './domain/sight.ts';
import type { Person } from './domain/schemas.ts';
import { incidents } from './incidents/collection.ts';
import { tickets } from './tickets/collection.ts';

/** The photos and films of evidence, which whoever sees the ticket or the incident sees. */
export const MEDIA_ENDPOINTS = mediaEndpoints(cgs, {
  one: { schema: resultOf, of: (result) => ({ result }) },
  holders: [
    holderOf(tickets, (ticket, person: Person) => maySee(ticket, person)),
    holderOf(incidents, maySeeIncident),
  ],
});
