import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { followTickets } from '../../src/desks/cgs/figures/follow-tickets.ts';
import type { Region } from '../../src/desks/cgs/domain/vocabulary.ts';
import { type CgsWorld, cgsWorld, type Crew, type Member } from '../desks/cgs/world.ts';
import { at } from '../support/client.ts';
import { csvRows } from '../support/csv.ts';
import { startApi, type TestApi } from '../support/harness.ts';

const REGION: Region = 'East';

let monthsUsed = Math.floor(Math.random() * 900);

/** A month in the past that no other test uses, so that no other test adds to its figures. */
const monthOfOwn = (): Date => {
  monthsUsed += 1;
  return new Date(Date.UTC(1901, monthsUsed, 10, 3));
};

describe('figures', () => {
  let api: TestApi;
  let world: CgsWorld;
  let crew: Crew;
  let admin: Member;
  let now = monthOfOwn();
  const month = () => now.toISOString().slice(0, 7);

  /** Delivers a write of a ticket as Firestore does: at least once, in any order. */
  const deliver = (id: string) =>
    followTickets.handle(api.runtime, { id, before: undefined, after: undefined });

  const stats = async (as: Member, query = '') => {
    const { status, body } = await world.call(
      'GET',
      `/v1/stats?from=${month()}&to=${month()}${query}`,
      { as },
    );
    expect(status).to.equal(200);
    return at(body, 'data');
  };

  before(async () => {
    api = await startApi({ now: () => now });
    world = cgsWorld(api);
  });

  beforeEach(async () => {
    now = monthOfOwn();
    crew = { noc: await world.member('NOC', REGION), foc: await world.member('FOC', REGION) };
    admin = await world.member('SuperAdmin');
  });

  after(() => api.stop());

  it('count each ticket once, by what it is now, however often it is delivered', async () => {
    const ids = [await world.ticket('Open', crew), await world.ticket('Accepted', crew)];
    for (const id of [...ids, ...ids]) await deliver(id);
    await Promise.all(ids.map(deliver));
    const total = at(await stats(admin), 'total');
    expect(at(total, 'tickets')).to.equal(2);
    expect(at(total, 'byStatus')).to.deep.equal({ Open: 1, Accepted: 1 });
    await world.command(crew.noc, ids[0] ?? '', 'ticketStatus/cancel', {
      remark: 'Twice.',
      cancelCategory: 'Duplicate',
    });
    await deliver(ids[0] ?? '');
    const later = at(await stats(admin), 'total');
    expect(at(later, 'byStatus')).to.deep.equal({ Accepted: 1, Closed: 1 });
    expect(at(later, 'byResolution')).to.deep.equal({ Canceled: 1 });
    expect(at(later, 'byCancelCategory')).to.deep.equal({ Duplicate: 1 });
  });

  it('have the mean and the 90th percentile of the times to accept', async () => {
    for (const minutes of [10, 20, 30]) {
      const id = await world.ticket('Open', crew);
      now = new Date(now.getTime() + minutes * 60_000);
      await world.command(crew.foc, id, 'ticketStatus/accept');
      await deliver(id);
    }
    const accept = at(await stats(admin), 'total', 'accept');
    expect(at(accept, 'count')).to.equal(3);
    expect(at(accept, 'mean')).to.equal(20);
    expect(at(accept, 'p90')).to.be.within(28.5, 31.5);
  });

  it('move with a draft that goes to another region', async () => {
    const id = await world.ticket('Draft', crew);
    await deliver(id);
    await world.call('PUT', `/v1/tickets/${id}`, {
      as: admin,
      body: { region: 'West', client: null, address: 'Jl. Dago 1', customerType: 'Broadband' },
    });
    await deliver(id);
    const rows = at(await stats(admin), 'result');
    const counted = (Array.isArray(rows) ? rows : []).map((row) => [
      at(row, 'region'),
      at(row, 'tickets'),
    ]);
    expect(counted).to.deep.equal([
      ['West', 1],
      ['Central', 0],
      ['East', 0],
    ]);
  });

  it('show a NOC only their own region', async () => {
    await deliver(await world.ticket('Open', crew));
    const foreign = await world.member('NOC', 'West');
    expect(at(await stats(crew.noc), 'total', 'tickets')).to.equal(1);
    expect(at(await stats(foreign), 'total', 'tickets')).to.equal(0);
    expect(at(await stats(foreign, '&region=East'), 'result')).to.deep.equal([]);
  });

  it('refuse months the wrong way round and more than two years', async () => {
    for (const query of ['from=2026-02&to=2026-01', 'from=2020-01&to=2026-01', 'from=2026-13']) {
      const { status } = await world.call('GET', `/v1/stats?${query}`, { as: admin });
      expect(status).to.equal(400);
    }
  });

  it('answer how many tickets each month had', async () => {
    await world.ticket('Open', crew);
    await world.ticket('Open', crew);
    const { body } = await world.call('GET', `/v1/ticketcount?from=${month()}&to=${month()}`, {
      as: crew.noc,
    });
    const counted = at(body, 'data', 'result', 0);
    expect(counted).to.deep.include({ id: month(), year: now.getUTCFullYear() });
    expect(at(counted, 'count')).to.be.at.least(2);
  });
});

describe('a search for tickets', () => {
  let api: TestApi;
  let world: CgsWorld;
  let crew: Crew;
  const mark = randomUUID().slice(0, 8);
  let found: string;

  const list = async (query: string) => {
    const { status, body } = await world.call('GET', `/v1/tickets?${query}`, { as: crew.noc });
    expect(status).to.equal(200);
    return at(body, 'data');
  };
  const idsOf = (data: unknown): unknown[] => {
    const rows = at(data, 'result');
    return (Array.isArray(rows) ? rows : []).map((row) => at(row, 'id'));
  };

  before(async () => {
    api = await startApi();
    world = cgsWorld(api);
    crew = { noc: await world.member('NOC', REGION), foc: await world.member('FOC', REGION) };
    found = await world.open(crew.noc, { endUser: `Warung ${mark} Sejahtera` });
    await world.open(crew.noc, { endUser: `Warung ${mark} Lain` });
  });

  after(() => api.stop());

  it('finds by the beginnings of words, in any letter case, and needs all of them', async () => {
    expect(idsOf(await list(`q=${mark.toUpperCase()}`))).to.have.length(2);
    expect(idsOf(await list(`q=${mark}%20sejah&limit=1`))).to.deep.equal([found]);
    expect(idsOf(await list(`q=${mark}x`))).to.deep.equal([]);
  });

  it('ignores punctuation, and is 400 without a word of two characters', async () => {
    expect(idsOf(await list(`q=${encodeURIComponent(`"${mark}," (sejah)`)}`))).to.deep.equal([
      found,
    ]);
    for (const query of ['q=a', 'q=--', 'q=%22%20.', 'q=a%20b']) {
      const { status } = await world.call('GET', `/v1/tickets?${query}`, { as: crew.noc });
      expect(status, query).to.equal(400);
    }
  });

  it('combines with filters, dates and the total', async () => {
    const answer = await list(
      `q=${mark}&latestStatus=Open&count=true&limit=1&from=2020-01-01T00:00:00Z`,
    );
    expect(idsOf(answer)).to.have.length(1);
    expect(at(answer, 'page', 'total')).to.equal(2);
    expect(idsOf(await list(`q=${mark}&to=2020-01-01T00:00:00Z`))).to.deep.equal([]);
    const { timeZone } = api.runtime.config;
    const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date());
    expect(idsOf(await list(`q=${mark}&from=${today}&to=${today}`))).to.have.length(2);
    expect(idsOf(await list(`q=${mark}&to=${today}T00:00:00`))).to.deep.equal([]);
  });

  it('finds the tickets of a FOC', async () => {
    await world.command(crew.foc, found, 'ticketStatus/accept');
    expect(idsOf(await list(`foc=${crew.foc.id}`))).to.deep.equal([found]);
  });

  it('exports every field that a person would look for', async () => {
    const words = {
      indication: 'Kabel putus',
      remark: 'No light.',
      locationRemark: 'Behind the school.',
      action: 'Splice it.',
      address: 'Jl. Braga 9',
    };
    const endUser = `Sekolah-${randomUUID()}`;
    const id = await world.ticket('LinkChecked', crew, { endUser, ...words });
    await world.command(crew.noc, id, 'ticketStatus/cancel', { cancelCategory: 'Duplicate' });
    const ticket = await world.read(crew.noc, id);
    const { text } = await world.call('GET', `/v1/tickets/export?endUser=${endUser}`, {
      as: crew.noc,
    });
    const [row] = csvRows(text);
    expect(row).to.include({
      ...words,
      resolution: 'Canceled',
      cancelCategory: 'Duplicate',
      requestsAsked: '2',
      requestsApproved: '2',
      requestsRefused: '0',
    });
    for (const time of ['closedAt', 'departureTime', 'onGoingTime', 'firstAcceptedTime']) {
      expect(row?.[time], time).to.equal(at(ticket, time));
    }
  });

  it('exports as CSV what it lists, for those who may see it', async () => {
    const path = `/v1/tickets/export?q=${mark}`;
    const own = await fetch(`${api.url}${path}`, {
      headers: { Cookie: `session_id=${crew.noc.cookie}` },
    });
    const lines = (await own.text()).trimEnd().split('\n');
    expect(own.headers.get('Content-Type')).to.equal('text/csv; charset=utf-8');
    expect(lines).to.have.length(3);
    expect(lines[0]).to.match(/^ticketId,type,source,latestStatus,/);
    const foreign = await world.member('NOC', 'West');
    const other = await fetch(`${api.url}${path}`, {
      headers: { Cookie: `session_id=${foreign.cookie}` },
    });
    expect((await other.text()).trimEnd().split('\n')).to.have.length(1);
  });
});
