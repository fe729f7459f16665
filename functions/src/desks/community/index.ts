import { categoryEndpoints } from './categories.ts';
import { communityEndpoints } from './communities.ts';
import { companyEndpoints } from './companies.ts';
import { createComment } from './create-comment.ts';
import { createTicket } from './create-ticket.ts';
import { deleteComment } from './delete-comment.ts';
import { deleteTicket } from './delete-ticket.ts';
import { community } from './desk.ts';
import { getTicket } from './get-ticket.ts';
import { listComments } from './list-comments.ts';
import { listCommunityTickets } from './list-community-tickets.ts';
import { listMyTickets } from './list-my-tickets.ts';
import { listTickets } from './list-tickets.ts';
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
import { residentEndpoints } from './residents.ts';
import { statusEndpoints } from './statuses.ts';
import { updateComment } from './update-comment.ts';
import { updateTicket } from './update-ticket.ts';

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
