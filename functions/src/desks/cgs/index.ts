import { sweepCopies } from '../../kernel/store/copy-runs.ts';
import { followDeliveries } from '../../kernel/webhooks/follow-deliveries.ts';
import { CGS_FOLLOWERS } from './copies/followers.ts';
import { AUDIT_ENDPOINTS } from './audit/index.ts';
import { listCrews } from './crews/list-crews.ts';
import { cgs } from './desk.ts';
import { followTickets } from './figures/follow-tickets.ts';
import { FIGURE_COLLECTIONS, FIGURE_ENDPOINTS } from './figures/index.ts';
import { incidents } from './incidents/collection.ts';
import { countTickets } from './incidents/count-tickets.ts';
import { INCIDENT_ENDPOINTS } from './incidents/index.ts';
import { beginWork, sweepIncidents } from './incidents/work.ts';
import { LISTENERS } from './listeners.ts';
import { MEDIA_ENDPOINTS } from './media.ts';
import { NOTICES, NOTIFY_ENDPOINTS } from './notices/index.ts';
import { peopleOfAllDesks } from './people/index.ts';
import { MASTER_COLLECTIONS } from './master/collections.ts';
import { MASTER_DATA, sweepMasterData } from './master/index.ts';
import { SETTING_COLLECTIONS, SETTING_ENDPOINTS } from './settings/index.ts';
import { sweepEscalation, sweepPromises, sweepTickets } from './tickets/clock.ts';
import { tickets } from './tickets/collection.ts';
import { ticketsInHand } from './tickets/tickets-in-hand.ts';
import { TICKET_ENDPOINTS } from './tickets/index.ts';
import type { OtherDesk } from './users/desk-access.ts';
import { userEndpoints } from './users/index.ts';
import { guards } from './users/removal.ts';
import { userGrants, users } from './users/people.ts';
import { webhookEndpoints } from './webhooks/index.ts';

/**
 * Field service for fibre faults: the contract "CGS Ticketing System". Its SuperAdmins grant the
 * access to the other desks.
 */
export const createCgsDesk = (others: readonly OtherDesk[]) =>
  cgs.desk({
    endpoints: [
      ...userEndpoints(others),
      ...NOTIFY_ENDPOINTS,
      ...peopleOfAllDesks(others),
      ...TICKET_ENDPOINTS,
      ...INCIDENT_ENDPOINTS,
      listCrews,
      ...FIGURE_ENDPOINTS,
      ...MASTER_DATA,
      ...SETTING_ENDPOINTS,
      ...AUDIT_ENDPOINTS,
      ...MEDIA_ENDPOINTS,
      ...webhookEndpoints([{ name: 'cgs', notices: NOTICES }, ...others]),
    ],
    collections: [
      tickets,
      incidents,
      users,
      userGrants,
      guards,
      ...MASTER_COLLECTIONS,
      ...FIGURE_COLLECTIONS,
      ...SETTING_COLLECTIONS,
    ],
    listeners: LISTENERS,
    notices: NOTICES,
    sweeps: [
      sweepTickets,
      sweepPromises,
      sweepEscalation,
      sweepIncidents,
      sweepMasterData,
      sweepCopies(CGS_FOLLOWERS),
    ],
    triggers: [...CGS_FOLLOWERS, followTickets, countTickets, beginWork, followDeliveries],
    workOf: ticketsInHand,
  });
