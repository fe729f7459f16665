import { expect } from 'chai';
import { keywordsOf } from '../../../kernel/keywords.ts';
import type { CreateTicket, Place, Subscriber, Ticket } from './schemas.ts';
import { editTicket, findTicket, openTicket, replyTo, setStatus, type Staff } from './ticket.ts';
import { MOST_REPLIES, STATUS, STATUSES, type Status } from './vocabulary.ts';

const START = new Date('2024-01-15T10:30:00.000Z');
const LATER = new Date('2024-01-15T11:00:00.000Z');

const staff: Staff = { role: 'staff', userId: 1, ispId: 1, branchIds: [1, 2], name: 'Admin' };
const place = { isp_id: 1, branch_id: 1, user_id: 1 };
const john: Subscriber = {
  id: 1,
  ispId: 1,
  branchId: 1,
  name: 'John Doe',
  phone: null,
  address: null,
  createdAt: START,
  updatedAt: START,
};
const asked: CreateTicket = {
  ...place,
  subscriber_id: 1,
  title: 'Connection Issue',
  description: 'Cannot connect to internet',
  priority: 2,
};

const opened = (patch: Partial<Ticket> = {}): Ticket => {
  const opening = openTicket(asked, john, staff, START);
  if (!opening.ok) throw new Error(opening.refusal);
  return Object.freeze({ ...opening.ticket(7), ...patch });
};

const refusalOf = (outcome: { readonly ok: boolean; readonly refusal?: string }) =>
  outcome.ok ? 'ok' : outcome.refusal;

const takesReplies = (status: Status): boolean => status !== STATUS.closed;

const elsewhere = [
  { what: 'another ISP', patch: { ispId: 2 } },
  { what: 'a branch that is not theirs', patch: { branchId: 3 } },
] as const;

const misplaced = [
  { field: 'user_id', value: 2, refusal: 'user/not-yours' },
  { field: 'isp_id', value: 2, refusal: 'isp/no-access' },
  { field: 'branch_id', value: 3, refusal: 'branch/no-access' },
] as const;

describe('opening a ticket of the ISP desk', () => {
  it('gives the whole document, open, with the subscriber’s name', () => {
    expect(opened()).to.deep.equal({
      id: 7,
      ispId: 1,
      branchId: 1,
      title: 'Connection Issue',
      description: 'Cannot connect to internet',
      subscriberId: 1,
      subscriberBranchId: 1,
      subscriberName: 'John Doe',
      priority: 2,
      status: STATUS.open,
      createdBy: 1,
      replyCount: 0,
      statusLog: [{ from: null, to: STATUS.open, at: START, by: { userId: 1, name: 'Admin' } }],
      keywords: keywordsOf('7', 'John Doe', 'Connection Issue'),
      createdAt: START,
      updatedAt: START,
    });
  });

  it('needs no subscriber', () => {
    for (const none of [null, undefined]) {
      const opening = openTicket({ ...asked, subscriber_id: none }, undefined, staff, START);
      expect(opening.ok && opening.ticket(1)).to.include({
        subscriberId: null,
        subscriberName: null,
      });
    }
  });

  it('refuses a subscriber who does not exist, or of another ISP or an unreachable branch', () => {
    for (const named of [undefined, { ...john, ispId: 2 }, { ...john, branchId: 3 }]) {
      expect(openTicket(asked, named, staff, START)).to.deep.equal({
        ok: false,
        refusal: 'ticket/subscriber-unknown',
        field: 'subscriber_id',
      });
    }
  });

  it('accepts a subscriber of another branch of the caller', () => {
    expect(openTicket(asked, { ...john, branchId: 2 }, staff, START).ok).to.equal(true);
  });

  for (const { field, value, refusal } of misplaced) {
    it(`refuses a ${field} that is not the caller’s`, () => {
      const outcome = openTicket({ ...asked, [field]: value }, john, staff, START);
      expect(outcome).to.deep.equal({ ok: false, refusal, field });
    });
  }
});

describe('the ticket of a request', () => {
  const find = (ticket: Ticket | undefined, where?: Place) =>
    refusalOf(findTicket(ticket && { data: ticket }, staff, where));

  for (const { what, patch } of elsewhere) {
    it(`is not found if it is of ${what} or does not exist`, () => {
      for (const ticket of [opened(patch), undefined]) {
        expect(find(ticket)).to.equal('ticket/not-found');
        expect(find(ticket, place)).to.equal('ticket/not-found');
      }
      expect(find(opened())).to.equal('ok');
      expect(find(opened(), place)).to.equal('ok');
    });
  }

  for (const { field, value, refusal } of misplaced) {
    it(`is not looked up for a ${field} that is not the caller’s`, () => {
      const wrong = { ...place, [field]: value };
      for (const ticket of [opened(), opened({ ispId: 2 }), undefined]) {
        expect(find(ticket, wrong)).to.equal(refusal);
      }
    });
  }

  it('is not found in a branch of the caller that is not the ticket’s', () => {
    expect(find(opened(), { ...place, branch_id: 2 })).to.equal('ticket/not-found');
  });
});

describe('decisions on a ticket of the ISP desk', () => {
  const hello = { ...place, message: 'Hello.' };

  it('set any status from any other; closing ends the thread and reopening begins it', () => {
    for (const from of STATUSES) {
      for (const status of STATUSES) {
        const change = setStatus({ ...place, status }, opened({ status: from }), staff, LATER);
        const { statusLog: _, ...patch } = change.patch;
        expect({ ...change, patch }).to.deep.equal({
          patch: { status, updatedAt: LATER },
          takesReplies: takesReplies(from) === takesReplies(status) ? null : takesReplies(status),
        });
      }
    }
  });

  it('log who moved the ticket, from what to what and when, unless the status stays', () => {
    const { statusLog } = opened();
    const by = { userId: 2, name: 'Other' };
    const other = { ...staff, ...by };
    const moved = setStatus({ ...place, status: STATUS.resolved }, opened(), other, LATER);
    const change = { from: STATUS.open, to: STATUS.resolved, at: LATER, by };
    expect(moved.patch.statusLog).to.deep.equal([...statusLog, change]);
    const kept = setStatus({ ...place, status: STATUS.open }, opened(), other, LATER);
    expect(kept.patch).to.deep.equal({ status: STATUS.open, updatedAt: LATER });
  });

  it('reply in every status but closed', () => {
    for (const status of STATUSES) {
      const outcome = refusalOf(replyTo(hello, opened({ status }), staff, LATER));
      expect(outcome).to.equal(status === STATUS.closed ? 'ticket/closed' : 'ok');
    }
  });

  it('count the replies, and give each one the ticket’s place and its author’s name', () => {
    const outcome = replyTo(hello, opened({ replyCount: 3 }), staff, LATER);
    expect(outcome.ok && outcome.patch).to.deep.equal({ replyCount: 4, updatedAt: LATER });
    expect(outcome.ok && outcome.reply(12)).to.deep.equal({
      id: 12,
      ticketId: 7,
      ispId: 1,
      branchId: 1,
      message: 'Hello.',
      userId: 1,
      userName: 'Admin',
      openedBy: 1,
      title: 'Connection Issue',
      createdAt: LATER,
    });
  });

  it(`refuse a reply beyond the ${MOST_REPLIES}th`, () => {
    const last = opened({ replyCount: MOST_REPLIES - 1 });
    const full = opened({ replyCount: MOST_REPLIES });
    expect(refusalOf(replyTo(hello, last, staff, LATER))).to.equal('ok');
    expect(refusalOf(replyTo(hello, full, staff, LATER))).to.equal('ticket/full');
  });

  it('edit the fields of the request and leave the others', () => {
    const edit = { title: 'Updated Title', priority: 3 } as const;
    const outcome = editTicket(edit, undefined, opened(), staff, LATER);
    const keywords = keywordsOf('7', 'John Doe', 'Updated Title');
    expect(outcome.ok && outcome.patch).to.deep.equal({ ...edit, keywords, updatedAt: LATER });
  });

  it('set the subscriber of a ticket and remove them', () => {
    const jane = { ...john, id: 2, name: 'Jane Roe' };
    const put = editTicket({ subscriber_id: 2 }, jane, opened(), staff, LATER);
    const taken = editTicket({ subscriber_id: null }, undefined, opened(), staff, LATER);
    expect(put.ok && put.patch).to.include({ subscriberId: 2, subscriberName: 'Jane Roe' });
    expect(taken.ok && taken.patch).to.include({ subscriberId: null, subscriberName: null });
  });

  it('refuse a new subscriber who is out of reach', () => {
    for (const named of [undefined, { ...john, id: 9, ispId: 2 }]) {
      const outcome = editTicket({ subscriber_id: 9 }, named, opened(), staff, LATER);
      expect(refusalOf(outcome)).to.equal('ticket/subscriber-unknown');
    }
  });
});
