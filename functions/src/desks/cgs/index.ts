import { acceptTicket } from './tickets/accept-ticket.ts';
import { askReplacement } from './tickets/ask-replacement.ts';
import { assignFoc } from './tickets/assign-foc.ts';
import { cancelTicket } from './tickets/cancel-ticket.ts';
import { checkIn } from './tickets/check-in.ts';
import { checkLine } from './tickets/check-line.ts';
import { checkLink } from './tickets/check-link.ts';
import { DUE_TICKETS, OLDER_PROMISES, sweepPromises, sweepTickets } from './tickets/clock.ts';
import { createTicket } from './tickets/create-ticket.ts';
import { createUser } from './users/create-user.ts';
import { deleteUser } from './users/delete-user.ts';
import { departForTicket } from './tickets/depart-for-ticket.ts';
import { cgs } from './desk.ts';
import { accessEndpoints, type OtherDesk, withdrawCgsAccess } from './users/desk-access.ts';
import { CGS_FOLLOWERS } from './copies/followers.ts';
import { HOLDERS } from './copies/queries.ts';
import { exportTickets } from './tickets/export-tickets.ts';
import { followTickets } from './figures/follow-tickets.ts';
import { getStats } from './figures/get-stats.ts';
import { listTicketCounts } from './figures/list-ticket-counts.ts';
import { finishWork } from './tickets/finish-work.ts';
import { getMe } from './users/get-me.ts';
import { getCategories, getSlaPolicy } from './settings/get-setting.ts';
import { getTicket } from './tickets/get-ticket.ts';
import { getUser } from './users/get-user.ts';
import { jointFibre } from './tickets/joint-fibre.ts';
import { listTickets } from './tickets/list-tickets.ts';
import { listUsers } from './users/list-users.ts';
import { login } from './users/login.ts';
import { logout, logoutByPost } from './users/logout.ts';
import { MASTER_DATA, MASTER_QUERIES } from './master/index.ts';
import { pendTicket } from './tickets/pend-ticket.ts';
import { publishTicket } from './tickets/publish-ticket.ts';
import { pullCable } from './tickets/pull-cable.ts';
import { resumeTicket } from './tickets/resume-ticket.ts';
import { TICKET_QUERIES } from './tickets/queries.ts';
import { tidySite } from './tickets/tidy-site.ts';
import { updateCategories, updateSlaPolicy } from './settings/update-setting.ts';
import { updateTicket } from './tickets/update-ticket.ts';
import { updateUser } from './users/update-user.ts';
import { AREA_BY_NAME, TICKETS_IN_HAND, USER_QUERIES } from './users/queries.ts';
import { validateRequest } from './tickets/validate-request.ts';

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
      publishTicket,
      acceptTicket,
      assignFoc,
      askReplacement,
      departForTicket,
      checkIn,
      pendTicket,
      resumeTicket,
      cancelTicket,
      checkLine,
      pullCable,
      jointFibre,
      tidySite,
      checkLink,
      finishWork,
      validateRequest,
      ...MASTER_DATA,
      getSlaPolicy,
      updateSlaPolicy,
      getCategories,
      updateCategories,
      withdrawCgsAccess,
      ...others.flatMap(accessEndpoints),
    ],
    queries: [
      ...Object.values(TICKET_QUERIES),
      ...USER_QUERIES,
      TICKETS_IN_HAND,
      AREA_BY_NAME,
      DUE_TICKETS,
      ...MASTER_QUERIES,
      OLDER_PROMISES,
      ...Object.values(HOLDERS),
    ],
    sweeps: [sweepTickets, sweepPromises],
    triggers: [...CGS_FOLLOWERS, followTickets],
  });
