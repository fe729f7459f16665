import { expect } from 'chai';
import { sweepTickets } from '../../src/desks/cgs/tickets/clock.ts';
import { cgsWorld } from '../desks/cgs/world.ts';
import { communityWorld } from '../desks/community/world.ts';
import { ispWorld } from '../desks/isp/world.ts';
import { changePerson } from '../desks/person.ts';
import { urbanWorld } from '../desks/urban/world.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { createClock, ownRuntime, type TestClock } from '../support/own-store.ts';
import { teller } from '../support/told.ts';

const START = new Date('2026-11-02T02:00:00.000Z');
const FAR = new Date('2100-01-01T00:00:00.000Z');
const EVIDENCE = { remark: 'At the site.', locationCoordinate: '-6.9,107.6' };

describe('what each desk notifies of', function () {
  this.timeout(60_000);
  let clock: TestClock;
  let api: TestApi;

  // Each test has its own store, so that nobody else is in a region.
  beforeEach(async () => {
    clock = createClock(START);
    const { store } = ownRuntime().runtime;
    api = await startApi({ store, now: clock.now });
  });
  afterEach(() => api.stop());

  it('cgs: each change of a ticket tells those whom it concerns, at two reads and a write each, and one for webhooks', async () => {
    const world = cgsWorld(api);
    const [admin, noc, noc2, foc, foc2, boss, far, gone] = await Promise.all([
      world.member('SuperAdmin'),
      world.member('NOC'),
      world.member('NOC'),
      world.member('FOC'),
      world.member('FOC'),
      world.member('FOCSupervisor'),
      world.member('FOC', 'East'),
      world.member('FOC'),
    ]);
    await changePerson(api, gone.id, { active: false });
    const told = teller(api, 'cgs', {
      [noc.id]: 'noc',
      [noc2.id]: 'noc2',
      [foc.id]: 'foc',
      [foc2.id]: 'foc2',
      [boss.id]: 'boss',
      [far.id]: 'far',
      [gone.id]: 'gone',
    });
    let id = '';
    const path = () => `tickets/${id}`;
    const opened = await told(async () => {
      id = await world.open(noc);
      return path();
    });
    expect(opened).to.deep.equal({ notices: ['opened: foc, foc2, boss'], reads: 7, writes: 3 });
    const after = (act: () => Promise<unknown>) =>
      told(async () => {
        await act();
        return path();
      }, path());
    const command = (as: typeof noc, name: string, body?: object) =>
      after(() => world.command(as, id, name, body));

    // Whoever makes a change knows of it.
    expect((await command(foc, 'ticketStatus/accept')).notices).to.deep.equal([]);
    expect((await command(foc, 'ticketStatus/onTheWay')).notices).to.deep.equal([]);
    const asked = await command(foc, 'ticketStatus/checkedIn', {
      ...EVIDENCE,
      mediaUrl: 'https://media.example/evidence.jpg',
    });
    expect(asked).to.deep.equal({ notices: ['requested: noc, noc2'], reads: 5, writes: 2 });
    const approved = await after(() => world.approve(noc, id));
    expect(approved).to.deep.equal({ notices: ['approved: foc'], reads: 3, writes: 1 });
    const noted = await command(boss, 'notes', { remark: 'The gate is open.' });
    expect(noted.notices).to.deep.equal(['noteAdded: noc, foc']);
    const handed = await command(boss, 'assign', { focId: foc2.id });
    expect(handed.notices).to.deep.equal(['assigned: foc2', 'takenOver: foc']);
    clock.forward(210);
    const soon = await after(() => sweepTickets(api.runtime, FAR));
    expect(soon).to.deep.equal({
      notices: ['dueSoon: noc, noc2, foc2, boss'],
      reads: 9,
      writes: 4,
    });
    const cancel = { remark: 'Opened twice.', cancelCategory: 'Duplicate' };
    const canceled = await command(admin, 'ticketStatus/cancel', cancel);
    expect(canceled.notices).to.deep.equal(['canceled: noc, foc2']);
  });

  it('cgs: the policy of escalation tells one after the other, and takes the ticket away', async () => {
    const world = cgsWorld(api);
    const [admin, noc, foc, foc2, boss] = await Promise.all([
      world.member('SuperAdmin'),
      world.member('NOC'),
      world.member('FOC'),
      world.member('FOC'),
      world.member('FOCSupervisor'),
    ]);
    const policy = {
      Open: { FOC: 10, FOCSupervisor: 20, NOC: null },
      Accepted: { FOC: 15, FOCSupervisor: 30, NOC: null },
      release: 60,
    };
    await world.call('PUT', '/v1/settings/escalation', { as: admin, body: policy });
    const names = { [noc.id]: 'noc', [foc.id]: 'foc', [foc2.id]: 'foc2', [boss.id]: 'boss' };
    const told = teller(api, 'cgs', names);
    const id = await world.open(noc);
    const at = `tickets/${id}`;
    const after = async (minutes: number) => {
      clock.forward(minutes);
      return told(async () => {
        await sweepTickets(api.runtime, FAR);
        return at;
      }, at);
    };
    expect((await after(9)).notices).to.deep.equal([]);
    expect((await after(1)).notices).to.deep.equal(['notAccepted: foc, foc2']);
    expect((await after(10)).notices).to.deep.equal(['notAccepted: boss']);
    await world.command(foc, id, 'ticketStatus/accept');
    expect((await after(15)).notices).to.deep.equal(['notStarted: foc']);
    expect((await after(15)).notices).to.deep.equal(['notStarted: boss']);
    expect((await after(30)).notices).to.deep.equal(['released: foc, foc2, boss']);
  });

  it('community: the administration and the resident are told of tickets, those who speak of comments', async () => {
    const world = communityWorld(api);
    await world.fill();
    const [owner, neighbour, quiet, admin] = await Promise.all([
      world.member('RESIDENT'),
      world.member('RESIDENT', { residentId: 2 }),
      world.member('RESIDENT', { residentId: 2 }),
      world.member('ADMIN_COMPANY'),
    ]);
    const told = teller(api, 'community', {
      [owner.id]: 'owner',
      [neighbour.id]: 'neighbour',
      [quiet.id]: 'quiet',
      [admin.id]: 'admin',
    });
    let ticket = 0;
    const opened = await told(async () => {
      ticket = await world.open(owner);
      return `communityTickets/${ticket}`;
    });
    expect(opened.notices).to.deep.equal(['created: admin']);
    const commented = (as: typeof owner, more: object = {}) =>
      told(async () => `comentarios/${await world.comment(as, ticket, more)}`);
    expect((await commented(neighbour)).notices).to.deep.equal(['commented: owner']);
    expect((await commented(owner)).notices).to.deep.equal(['commented: neighbour']);
    const [parent] = await world.commentsOn(ticket);
    expect((await commented(admin, { idComment: parent?.id })).notices).to.deep.equal([
      'replied: owner, neighbour',
    ]);
    // Who moved away does not hear of it any more.
    const moved = { role: 'RESIDENT', companyId: 9, communityId: 9, residentId: 9, active: true };
    await changePerson(api, neighbour.id, { access: { community: moved } });
    expect((await commented(owner)).notices).to.deep.equal(['commented: admin']);
    const set = (as: typeof owner, statusId: number) =>
      told(async () => {
        await world.call('PUT', `/tickets/${ticket}`, { as, body: { statusId } });
        return `communityTickets/${ticket}`;
      }, `communityTickets/${ticket}`);
    expect((await set(admin, 4)).notices).to.deep.equal(['statusChanged: owner']);
    expect((await set(admin, 5)).notices).to.deep.equal(['canceled: owner']);
  });

  it('isp: the staff of a branch are told of tickets, those who work on one of the rest', async () => {
    const world = ispWorld(api);
    const [one, two, three, other] = await Promise.all([
      world.agent({ userId: 1 }, 'One'),
      world.agent({ userId: 2 }, 'Two'),
      world.agent({ userId: 3 }, 'Three'),
      world.agent({ userId: 4, branchIds: [2] }, 'Other'),
    ]);
    const told = teller(api, 'isp', {
      [one.id]: 'one',
      [two.id]: 'two',
      [three.id]: 'three',
      [other.id]: 'other',
    });
    let ticket = 0;
    const opened = await told(async () => {
      ticket = await world.open(one);
      return `ispTickets/${ticket}`;
    });
    expect(opened).to.deep.equal({ notices: ['created: two, three'], reads: 6, writes: 2 });
    const replied = (as: typeof one) =>
      told(async () => {
        await world.reply(as, ticket);
        const last = (await world.repliesTo(one, ticket)).map(({ id }) => id);
        return `ispReplies/${Math.max(...last)}`;
      });
    expect((await replied(two)).notices).to.deep.equal(['replied: one']);
    expect((await replied(one)).notices).to.deep.equal(['replied: two']);
    const moved = (to: number) =>
      told(async () => {
        await world.setStatus(three, ticket, to);
        return `ispTickets/${ticket}`;
      }, `ispTickets/${ticket}`);
    expect((await moved(2)).notices).to.deep.equal(['statusChanged: one, two']);
    const as = await world.agent({ role: 'admin', userId: 5 });
    const body = { access: { branchIds: [2] } };
    const left = await world.call('PUT', `/people/${two.id}`, { as, body });
    expect(left.status, left.text).to.equal(200);
    expect((await moved(1)).notices).to.deep.equal(['statusChanged: one']);
  });

  it('urban: who assigns, who repairs and who reported are told', async () => {
    const world = urbanWorld(api);
    const { citizen, technician, admin } = await world.crew();
    const second = await world.resident(['ticket:read', 'ticket:write']);
    const reader = await world.resident(['ticket:read']);
    const told = teller(api, 'urban', {
      [citizen.id]: 'citizen',
      [technician.id]: 'technician',
      [admin.id]: 'admin',
      [second.id]: 'second',
      [reader.id]: 'reader',
    });
    let id = '';
    const opened = await told(async () => {
      id = await world.open(citizen);
      return `urbanTickets/${id}`;
    });
    expect(opened).to.deep.equal({ notices: ['created: admin, second'], reads: 5, writes: 2 });
    const after = (act: () => Promise<unknown>) =>
      told(async () => {
        await act();
        return `urbanTickets/${id}`;
      }, `urbanTickets/${id}`);
    expect((await after(() => world.assign(admin, id, technician.id))).notices).to.deep.equal([
      'assigned: technician',
      'statusChanged: citizen',
    ]);
    expect((await after(() => world.assign(admin, id, second.id))).notices).to.deep.equal([
      'assigned: second',
      'takenOver: technician',
    ]);
    expect((await after(() => world.setStatus(second, id, 'COMPLETED'))).notices).to.deep.equal([
      'statusChanged: citizen',
    ]);
  });
});
