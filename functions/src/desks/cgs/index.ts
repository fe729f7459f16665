import { acceptTicket } from './accept-ticket.ts';
import { askReplacement } from './ask-replacement.ts';
import { assignFoc } from './assign-foc.ts';
import { cancelTicket } from './cancel-ticket.ts';
import { checkIn } from './check-in.ts';
import { checkLine } from './check-line.ts';
import { checkLink } from './check-link.ts';
import { DUE_TICKETS, OLDER_PROMISES, sweepPromises, sweepTickets } from './clock.ts';
import { createTicket } from './create-ticket.ts';
import { createUser } from './create-user.ts';
import { deleteUser } from './delete-user.ts';
import { departForTicket } from './depart-for-ticket.ts';
import { cgs } from './desk.ts';
import { accessEndpoints, type OtherDesk, withdrawCgsAccess } from './desk-access.ts';
import { CGS_FOLLOWERS } from './fan-out/followers.ts';
import { HOLDERS } from './fan-out/queries.ts';
import { exportTickets } from './export-tickets.ts';
import { followTickets } from './figures/follow-tickets.ts';
import { getStats } from './figures/get-stats.ts';
import { listTicketCounts } from './figures/list-ticket-counts.ts';
import { finishWork } from './finish-work.ts';
import { getMe } from './get-me.ts';
import { getCategories, getSlaPolicy } from './get-setting.ts';
import { getTicket } from './get-ticket.ts';
import { getUser } from './get-user.ts';
import { jointFibre } from './joint-fibre.ts';
import { listTickets } from './list-tickets.ts';
import { listUsers } from './list-users.ts';
import { login } from './login.ts';
import { logout, logoutByPost } from './logout.ts';
import { MASTER_DATA, MASTER_QUERIES } from './master/index.ts';
import { pendTicket } from './pend-ticket.ts';
import { publishTicket } from './publish-ticket.ts';
import { pullCable } from './pull-cable.ts';
import { resumeTicket } from './resume-ticket.ts';
import { TICKET_QUERIES } from './ticket-queries.ts';
import { tidySite } from './tidy-site.ts';
import { updateCategories, updateSlaPolicy } from './update-setting.ts';
import { updateTicket } from './update-ticket.ts';
import { updateUser } from './update-user.ts';
import { AREA_BY_NAME, TICKETS_IN_HAND, USER_QUERIES } from './user-queries.ts';
import { validateRequest } from './validate-request.ts';

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
