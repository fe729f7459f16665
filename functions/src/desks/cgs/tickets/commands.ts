import { acceptTicket } from './accept-ticket.ts';
import { assignFoc } from './assign-foc.ts';
import { cancelTicket } from './cancel-ticket.ts';
import { pendTicket } from './pend-ticket.ts';
import { bareCommand, evidenceCommand } from './ticket-command.ts';
import { validateRequest } from './validate-request.ts';

const mediaUrl = 'https://media.example/evidence.jpg';
const locationCoordinate = '-6.2,106.8';
const underWay = { mediaUrl, remark: 'Under way.' };

/** The endpoints of the commands; those that need more than their row have their own files. */
export const TICKET_COMMANDS = [
  bareCommand('publish', {
    path: 'publish',
    summary: 'Publishes a draft to the crews of its region',
    contract: 'Ticket status, publish',
    sample: { as: 'NOC', given: 'Draft' },
  }),
  acceptTicket,
  assignFoc,
  evidenceCommand('reassign', {
    path: 'reassign',
    summary: 'Asks to be replaced by another FOC',
    contract: 'Ticket status, reassign',
    sample: { as: 'FOC', given: 'Accepted', body: { remark: 'My van broke down.' } },
  }),
  bareCommand('onTheWay', {
    path: 'ticketStatus/onTheWay',
    summary: 'Reports that the FOC is on the way',
    contract: 'Ticket 3, onTheWay',
    sample: { as: 'FOC', given: 'Accepted' },
  }),
  evidenceCommand('checkedIn', {
    path: 'ticketStatus/checkedIn',
    summary: 'Asks NOC to validate the arrival at the site',
    contract: 'Ticket 3, checkedIn',
    sample: {
      as: 'FOC',
      given: 'OnTheWay',
      body: { mediaUrl, remark: 'At the site.', locationCoordinate },
    },
  }),
  pendTicket,
  bareCommand('resume', {
    path: 'ticketStatus/resume',
    summary: 'Ends a pending',
    contract: 'Ticket 3, Resume Pending',
    sample: { as: 'FOC', given: 'Pending' },
  }),
  cancelTicket,
  evidenceCommand('checking', {
    path: 'taskStatus/checking',
    summary: 'Starts checking the line',
    contract: 'Ticket 3, checking',
    sample: { as: 'FOC', given: 'CheckedIn', body: underWay },
  }),
  evidenceCommand('pullingCable', {
    path: 'taskStatus/pullingCable',
    summary: 'Starts pulling cable',
    contract: 'Ticket 3, pullingCable',
    sample: { as: 'FOC', given: 'OnGoing', body: underWay },
  }),
  evidenceCommand('jointing', {
    path: 'taskStatus/jointing',
    summary: 'Starts jointing fibre',
    contract: 'Ticket 3, jointing',
    sample: { as: 'FOC', given: 'OnGoing', body: underWay },
  }),
  evidenceCommand('tidying', {
    path: 'taskStatus/tidying',
    summary: 'Starts tidying the site',
    contract: 'Ticket 3, tidying',
    sample: { as: 'FOC', given: 'OnGoing', body: underWay },
  }),
  evidenceCommand('linkChecking', {
    path: 'taskStatus/linkChecking',
    summary: 'Asks NOC to validate the link',
    contract: 'Ticket 3, linkChecking',
    sample: { as: 'FOC', given: 'OnGoing', body: underWay },
  }),
  evidenceCommand('finishing', {
    path: 'taskStatus/finishing',
    summary: 'Asks NOC to validate the finished work and close the ticket',
    contract: 'Ticket 3, finishing',
    sample: {
      as: 'FOC',
      given: 'LinkChecked',
      body: { mediaUrl, remark: 'Done.', locationCoordinate },
    },
  }),
  validateRequest,
  evidenceCommand('note', {
    path: 'notes',
    summary: 'Adds a note to the log of a ticket, whatever its status',
    contract: 'TicketLogs',
    sample: { as: 'FOC', given: 'CheckInAsked', body: { remark: 'The gate is open until six.' } },
  }),
];
