import { TICKET_COMMANDS } from './tickets/commands.ts';
import { sweepPromises, sweepTickets } from './tickets/clock.ts';
import { createTicket } from './tickets/create-ticket.ts';
import { createUser } from './users/create-user.ts';
import { deleteUser } from './users/delete-user.ts';
import { cgs } from './desk.ts';
import { accessEndpoints, type OtherDesk, withdrawCgsAccess } from './users/desk-access.ts';
import { CGS_FOLLOWERS } from './copies/followers.ts';
import { exportTickets } from './tickets/export-tickets.ts';
import { figures, followTickets, shares } from './figures/follow-tickets.ts';
import { getStats } from './figures/get-stats.ts';
import { counts, listTicketCounts } from './figures/list-ticket-counts.ts';
import { getMe } from './users/get-me.ts';
import { categorySettings, slaSettings } from './settings/collection.ts';
import { getCategories, getSlaPolicy } from './settings/get-setting.ts';
import { getTicket } from './tickets/get-ticket.ts';
import { getUser } from './users/get-user.ts';
import { listTickets } from './tickets/list-tickets.ts';
import { listUsers } from './users/list-users.ts';
import { login } from './users/login.ts';
import { logout, logoutByPost } from './users/logout.ts';
import { LISTENERS } from './listeners.ts';
import {
  areas,
  clients,
  indications,
  isps,
  mainSplitters,
  pops,
  splitters,
} from './master/collections.ts';
import { MASTER_DATA } from './master/index.ts';
import { tickets } from './tickets/collection.ts';
import { updateCategories, updateSlaPolicy } from './settings/update-setting.ts';
import { updateTicket } from './tickets/update-ticket.ts';
import { updateUser } from './users/update-user.ts';
import { users } from './users/people.ts';

/**
 * Field service for fibre faults: the contract "CGS Ticketing System". Its SuperAdmins grant the
 * access to the other desks.
 */
export const createCgsDesk = (others: readonly OtherDesk[]) =>
  cgs.desk({
    endpoints: [
      login,
      logout,
      logoutByPost,
      createUser,
      listUsers,
      getMe,
      getUser,
      updateUser,
      deleteUser,
      createTicket,
      listTickets,
      exportTickets,
      getStats,
      listTicketCounts,
      getTicket,
      updateTicket,
      ...TICKET_COMMANDS,
      ...MASTER_DATA,
      getSlaPolicy,
      updateSlaPolicy,
      getCategories,
      updateCategories,
      withdrawCgsAccess,
      ...others.flatMap(accessEndpoints),
    ],
    collections: [
      tickets,
      users,
      clients,
      areas,
      mainSplitters,
      splitters,
      pops,
      isps,
      indications,
      counts,
      figures,
      shares,
      slaSettings,
      categorySettings,
    ],
    listeners: LISTENERS,
    sweeps: [sweepTickets, sweepPromises],
    triggers: [...CGS_FOLLOWERS, followTickets],
  });
