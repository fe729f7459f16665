import { expect } from 'chai';
import { type Contact, createTicketBody, type Ticket } from './domain/schemas.ts';
import { openTicket } from './domain/ticket.ts';
import type { Status } from './domain/vocabulary.ts';
import { withContact } from './follow-people.ts';

const contact = (id: string): Contact => ({
  id,
  fullname: `Name of ${id}`,
  phoneNumber: '+1234567890',
  profilePhoto: null,
});
const owner = contact('owner');
const technician = contact('technician');
const asked = createTicketBody.parse({
  category: 'MAINTENANCE',
  title: 'Elevator Issue - Floor 3',
  description: 'Broken elevator',
});

const ticketIn = (status: Status): Ticket => ({
  ...openTicket(asked, { self: owner, permissions: [] }, 'id', new Date(0)),
  status,
  assignedTo: technician.id,
  technician,
});

describe('the people in a ticket of the city services', () => {
  const renamed = { ...technician, fullname: 'New Name' };

  it('are updated in those of their tickets that are not final', () => {
    for (const status of ['PENDING', 'IN_PROGRESS'] as const) {
      const ticket = ticketIn(status);
      expect(withContact(ticket, renamed)).to.deep.equal({
        user: ticket.user,
        technician: renamed,
      });
      const mine = { ...owner, phoneNumber: '0' };
      expect(withContact(ticket, mine)).to.deep.equal({
        user: mine,
        technician: ticket.technician,
      });
      const { user, technician: worker } = ticket;
      expect(withContact(ticket, contact('x'))).to.deep.equal({ user, technician: worker });
    }
  });

  it('stay as they were in final tickets', () => {
    for (const status of ['COMPLETED', 'CANCELLED'] as const) {
      expect(withContact(ticketIn(status), renamed)).to.deep.equal({});
    }
  });
});
