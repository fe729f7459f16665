import { keywordsOfTicket } from '../../functions/src/desks/urban/domain/keywords.ts';
import type { Contact, Ticket } from '../../functions/src/desks/urban/domain/schemas.ts';
import { isOpen } from '../../functions/src/desks/urban/domain/ticket.ts';
import { MOST_NOTES } from '../../functions/src/desks/urban/domain/vocabulary.ts';
import { contactOf } from '../../functions/src/desks/urban/people.ts';
import { tickets } from '../../functions/src/desks/urban/records.ts';
import { overdueSetting } from '../../functions/src/desks/urban/settings/collection.ts';
import { people } from '../../functions/src/kernel/auth/person.ts';
import {
  checkOf,
  type DeskChecks,
  expectSame,
  expectThat,
  type Fault,
  type Found,
  settingCheck,
} from './check.ts';
import { shownFaults, shownKeys } from './media.ts';
import { keywordFaults, statusLogFaults } from './tickets.ts';

/** A person as the ticket embeds them; the copy stays when they are deleted. */
const contactFaults = (field: string, held: Contact | null, found: Found): Fault[] => {
  const person = held === null ? undefined : found(people.doc(held.id));
  return person === undefined ? [] : expectSame(field, held, contactOf(person));
};

/** A PENDING ticket has no technician; one that was worked on has. */
const technicianFaults = ({ status, assignedTo, technician }: Ticket): Fault[] => [
  ...expectSame('technician.id', technician?.id ?? null, assignedTo),
  ...expectThat(
    status !== 'PENDING' || assignedTo === null,
    'assignedTo',
    'is of a PENDING ticket',
  ),
  ...expectThat(
    status === 'PENDING' || status === 'CANCELLED' || assignedTo !== null,
    'assignedTo',
    `is missing in a ticket that is ${status}`,
  ),
];

const peopleOf = ({ user, technician }: Ticket) =>
  [user, ...(technician === null ? [] : [technician])].map(({ id }) => people.doc(id));

const ticketCheck = checkOf(tickets, {
  refers: (ticket) => [
    ...(isOpen(ticket.status) ? peopleOf(ticket) : []),
    ...shownKeys(ticket.attachments),
  ],
  faults: (ticket, { id, path }, found) => [
    ...shownFaults('attachments', ticket.attachments, path, found),
    ...expectSame('id', ticket.id, id),
    ...expectSame('user.id', ticket.user.id, ticket.userId),
    ...technicianFaults(ticket),
    ...contactFaults('user', ticket.user, found),
    ...contactFaults('technician', ticket.technician, found),
    ...expectThat(ticket.noteLog.length <= MOST_NOTES, 'noteLog', 'has too many notes'),
    ...statusLogFaults(ticket.statusLog, ticket.status),
    ...keywordFaults(ticket.keywords, keywordsOfTicket(ticket)),
  ],
});

/** What must hold of the city services' documents. */
export const urbanChecks: DeskChecks = { collections: [ticketCheck, settingCheck(overdueSetting)] };
