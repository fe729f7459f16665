import { categoryEndpoints } from './resources/categories.ts';
import { communityEndpoints } from './resources/communities.ts';
import { companyEndpoints } from './resources/companies.ts';
import { createComment } from './comments/create-comment.ts';
import { createTicket } from './tickets/create-ticket.ts';
import { deleteComment } from './comments/delete-comment.ts';
import { deleteTicket } from './tickets/delete-ticket.ts';
import { community } from './desk.ts';
import { getTicket } from './tickets/get-ticket.ts';
import { listComments } from './comments/list-comments.ts';
import { listCommunityTickets } from './tickets/list-community-tickets.ts';
import { listMyTickets } from './tickets/list-my-tickets.ts';
import { listTickets } from './tickets/list-tickets.ts';
import {
  CATEGORIES,
  COMMENTS,
  COMMENTS_OF_COMPANY,
  COMMUNITIES,
  COMPANIES,
  REPLIES,
  RESIDENTS,
  STATUS_LIST,
  TICKETS,
} from './records.ts';
import { residentEndpoints } from './resources/residents.ts';
import { statusEndpoints } from './resources/statuses.ts';
import { updateComment } from './comments/update-comment.ts';
import { updateTicket } from './tickets/update-ticket.ts';

/** Residents of communities and those who administer them: the contract "Tickets API". */
export const communityDesk = community.desk({
  endpoints: [
    listTickets,
    listMyTickets,
    listCommunityTickets,
    createTicket,
    getTicket,
    updateTicket,
    deleteTicket,
    createComment,
    listComments,
    updateComment,
    deleteComment,
    ...categoryEndpoints,
    ...statusEndpoints,
    ...companyEndpoints,
    ...communityEndpoints,
    ...residentEndpoints,
  ],
  queries: [
    TICKETS,
    COMMENTS,
    REPLIES,
    COMMENTS_OF_COMPANY,
    COMPANIES,
    COMMUNITIES,
    RESIDENTS,
    CATEGORIES,
    STATUS_LIST,
  ],
  sweeps: [],
  triggers: [],
});
