import { people, type Profile } from '../../kernel/auth/person.ts';
import type { CopyTrigger } from '../../kernel/store/copy-runs.ts';
import { copiesIn, fanOut } from '../../kernel/store/fan-out.ts';
import { contactOf } from './people.ts';
import { tickets } from './records.ts';
import type { Contact, Ticket } from './domain/schemas.ts';
import { isOpen } from './domain/ticket.ts';
import { OPEN_STATUSES } from './domain/vocabulary.ts';

/** A ticket's people after one of them has changed; a final ticket stays as it was. */
export const withContact = (ticket: Ticket, now: Contact): Partial<Ticket> =>
  isOpen(ticket.status)
    ? {
        user: ticket.user.id === now.id ? now : ticket.user,
        technician: ticket.technician?.id === now.id ? now : ticket.technician,
      }
    : {};

/**
 * Copies a person's new name, number or photo to their tickets that are not final.
 *
 * @param pageSize tickets read at a time; the kernel's default if omitted
 */
export const followPeople = (pageSize?: number): CopyTrigger =>
  fanOut<Profile, Contact>(
    {
      name: 'urbanPeople',
      source: people,
      part: contactOf,
      copies: [
        copiesIn<Contact, Ticket>({
          collection: tickets,
          holders: (id) =>
            OPEN_STATUSES.flatMap((status) => [
              tickets.queries.ofUser.where({ userId: id, status }),
              tickets.queries.ofTechnician.where({ assignedTo: id, status }),
            ]),
          follow: (ticket, { now }) => withContact(ticket, now),
        }),
      ],
    },
    pageSize,
  );
