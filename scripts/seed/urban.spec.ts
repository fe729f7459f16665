import { expect } from 'chai';
import { ticketSchema } from '../../functions/src/desks/urban/domain/schemas.ts';
import { STATUSES } from '../../functions/src/desks/urban/domain/vocabulary.ts';
import { uidOf } from './people.ts';
import { urbanSeed, urbanTicketsAt } from './urban.ts';

const NOW = new Date('2026-11-23T08:00:00.000Z');

describe('the demo data of the city services', () => {
  it('has the accounts that its README names, each with the permissions of its name', () => {
    const permissions = urbanSeed.people.map(({ email, access }) => [email, access['urban']]);
    const may = (...granted: string[]) => ({ permissions: granted, active: true });
    expect(Object.fromEntries(permissions)).to.deep.equal({
      'citizen@crewline.test': may(),
      'citizen2@crewline.test': may(),
      'technician@crewline.test': may(),
      'urban.reader@crewline.test': may('ticket:read'),
      'urban.admin@crewline.test': may('ticket:read', 'ticket:write', 'ticket:delete'),
    });
  });

  it('has tickets in every status, of both citizens, with and without a technician', () => {
    const found = urbanTicketsAt(NOW).map((each) => ticketSchema.strict().parse(each));
    expect(new Set(found.map(({ status }) => status))).to.deep.equal(new Set(STATUSES));
    expect(new Set(found.map(({ userId }) => userId))).to.deep.equal(
      new Set([uidOf('citizen@crewline.test'), uidOf('citizen2@crewline.test')]),
    );
    const technicianOf = (status: string) =>
      new Set(found.filter((each) => each.status === status).map(({ assignedTo }) => assignedTo));
    const technician = uidOf('technician@crewline.test');
    expect(technicianOf('PENDING')).to.deep.equal(new Set([null]));
    expect(technicianOf('IN_PROGRESS')).to.deep.equal(new Set([technician]));
    expect(technicianOf('COMPLETED')).to.deep.equal(new Set([technician]));
    expect(technicianOf('CANCELLED')).to.deep.equal(new Set([technician, null]));
  });

  it('has the same ids whenever it is made, and nothing from tomorrow', () => {
    const found = urbanTicketsAt(NOW);
    const ids = urbanTicketsAt(new Date()).map(({ id }) => id);
    expect(found.map(({ id }) => id)).to.deep.equal(ids);
    expect(new Set(ids).size).to.equal(ids.length);
    for (const { createdAt, updatedAt, assignedTo, technician } of found) {
      expect(updatedAt.getTime()).to.be.within(createdAt.getTime(), NOW.getTime());
      expect(technician?.id ?? null).to.equal(assignedTo);
    }
  });
});
