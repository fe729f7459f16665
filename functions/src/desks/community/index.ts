import { MEMBER_ENDPOINTS } from './administration.ts';
import { sweepArchive } from '../../kernel/resource/archive.ts';
import { categoryRecords } from './resources/categories.ts';
import { communityRecords } from './resources/communities.ts';
import { companyRecords } from './resources/companies.ts';
import { createComment } from './comments/create-comment.ts';
import { createTicket } from './tickets/create-ticket.ts';
import { deleteComment } from './comments/delete-comment.ts';
import { deleteTicket } from './tickets/delete-ticket.ts';
import { community } from './desk.ts';
import { IDENTITY_ENDPOINTS } from './identity.ts';
import { exportTickets } from './tickets/export-tickets.ts';
import { getTicket } from './tickets/get-ticket.ts';
import { listComments } from './comments/list-comments.ts';
import { listCommunityTickets } from './tickets/list-community-tickets.ts';
import { listMyTickets } from './tickets/list-my-tickets.ts';
import { listStatusChanges } from './tickets/list-status-changes.ts';
import { listTickets } from './tickets/list-tickets.ts';
import { NOTICES, NOTIFY_ENDPOINTS } from './notices/index.ts';
import { LISTENERS } from './listeners.ts';
import { MEDIA_ENDPOINTS } from './media.ts';
import { members } from './people.ts';
import {
  categories,
  comments,
  communities,
  companies,
  residents,
  statuses,
  tickets,
} from './records.ts';
import { residentRecords } from './resources/residents.ts';
import { statusRecords } from './resources/statuses.ts';
import { updateComment } from './comments/update-comment.ts';
import { updateTicket } from './tickets/update-ticket.ts';

const RECORDS = [categoryRecords, statusRecords, companyRecords, communityRecords, residentRecords];

/** Residents of communities and those who administer them: the contract "Tickets API". */
export const communityDesk = community.desk({
  endpoints: [
    ...IDENTITY_ENDPOINTS,
    ...NOTIFY_ENDPOINTS,
    listTickets,
    listMyTickets,
    listCommunityTickets,
    createTicket,
    exportTickets,
    getTicket,
    updateTicket,
    deleteTicket,
    listStatusChanges,
    createComment,
    listComments,
    updateComment,
    deleteComment,
    ...RECORDS.flatMap(({ endpoints }) => endpoints),
    ...MEMBER_ENDPOINTS,
    ...MEDIA_ENDPOINTS,
  ],
  collections: [
    tickets,
    comments,
    companies,
    communities,
    residents,
    categories,
    statuses,
    members,
  ],
  listeners: LISTENERS,
  notices: NOTICES,
  sweeps: [sweepArchive(RECORDS.map(({ archived }) => archived))],
  triggers: [],
});
