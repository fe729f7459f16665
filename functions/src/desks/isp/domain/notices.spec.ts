import { expect } from 'chai';
import { noticesOf, noticesOfReply } from './notices.ts';
import type { Ticket } from './schemas.ts';
import { openTicket, replyTo, type Staff } from './ticket.ts';
import { STATUS } from './vocabulary.ts';

const NOW = new Date('2024-01-15T10:30:00.000Z');
const place = { isp_id: 1, branch_id: 2, user_id: 9 };
const opener: Staff = { role: 'staff', userId: 9, ispId: 1, branchIds: [1, 2], name: 'Ani' };
const helper: Staff = { ...opener, userId: 8, name: 'Budi' };

const opened = (patch: Partial<Ticket> = {}): Ticket => {
  const asked = { ...place, title: 'No light', description: 'Since 8.', priority: 2 } as const;
  const opening = openTicket(asked, null, opener, NOW);
  if (!opening.ok) throw new Error(opening.refusal);
  return { ...opening.ticket(7), ...patch };
};

const reply = () => {
  const outcome = replyTo({ ...place, user_id: 8, message: 'On it.' }, opened(), helper, NOW);
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.reply(12);
};

const involved = [
  { ispId: 1, userId: 9 },
  { ispId: 1, repliedTo: 7 },
];

describe('the notices of the ISP desk', () => {
  it('tell the staff of the branch of a new ticket', () => {
    expect(noticesOf(undefined, opened())).to.deep.equal([
      {
        kind: 'created',
        to: [{ ispId: 1, branchId: 2 }],
        values: { ticket: '7', title: 'No light', status: '0', author: '' },
      },
    ]);
  });

  it('tell of a new status who opened the ticket and who replied to it', () => {
    const [notice, ...more] = noticesOf(opened(), opened({ status: STATUS.resolved }));
    expect(notice).to.deep.include({ kind: 'statusChanged', to: involved });
    expect(notice?.values.status).to.equal('2');
    expect(more).to.deep.equal([]);
  });

  it('tell the same people of a reply, by whom it is', () => {
    expect(noticesOfReply(undefined, reply())).to.deep.equal([
      {
        kind: 'replied',
        to: involved,
        values: { ticket: '7', title: 'No light', status: '', author: 'Budi' },
      },
    ]);
  });

  it('tell nobody of an edit, a counted reply, a copied name, or what is gone', () => {
    const edited = opened({ title: 'Slow', replyCount: 1, subscriberName: 'John' });
    expect(noticesOf(opened(), edited)).to.deep.equal([]);
    expect(noticesOf(opened(), undefined)).to.deep.equal([]);
    expect(noticesOfReply(reply(), reply())).to.deep.equal([]);
    expect(noticesOfReply(reply(), undefined)).to.deep.equal([]);
    expect(noticesOfReply(undefined, { ...reply(), openedBy: null })).to.deep.equal([]);
  });
});
