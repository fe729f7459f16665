import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { REGIONS, REQUESTS, type Region, ROLES } from '../../src/desks/cgs/domain/vocabulary.ts';
import { boardFilters, ticketFilters } from '../../src/desks/cgs/tickets/filters.ts';
import { type CgsWorld, cgsWorld, type Member, type Situation } from '../desks/cgs/world.ts';
import { at, listAt, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';

const EVIDENCE = { mediaUrl: 'https://media.example/1.jpg', locationCoordinate: '-6.9,107.6' };
const HOUR = 60 * 60_000;

/** What each filter means, written independently of the code that is tested. */
const MEANINGS: Readonly<Record<string, (value: string, ticket: unknown) => boolean>> = {
  region: (value, ticket) => at(ticket, 'region') === value,
  area: (value, ticket) => at(ticket, 'client', 'city', 'id') === value,
  type: (value, ticket) => at(ticket, 'type') === value,
  endUser: (value, ticket) => at(ticket, 'client', 'name') === value,
  latestStatus: (value, ticket) => {
    const status = at(ticket, 'latestStatus');
    if (value === 'Canceled') return at(ticket, 'resolution') === 'Canceled';
    if (value === 'Finishing') return at(ticket, 'waitingFor') === 'Finishing';
    const isTask = status === 'OnGoing' && at(ticket, 'latestTaskStatus') === value;
    return status === value || isTask;
  },
  agingTime: (value, ticket) =>
    at(ticket, 'slaType') === { under: 'UnderSla', over: 'OverSla', non: 'NonSla' }[value],
  client: (value, ticket) => at(ticket, 'client', 'id') === value,
  isp: (value, ticket) => at(ticket, 'client', 'isp', 'name') === value,
  splitter: (value, ticket) => at(ticket, 'client', 'splitter', 'name') === value,
  isActive: (value, ticket) => String(at(ticket, 'latestStatus') !== 'Closed') === value,
  foc: (value, ticket) => at(ticket, 'foc', 'id') === value,
  cancelCategory: (value, ticket) => at(ticket, 'cancelCategory') === value,
  needValidate: (value, ticket) => String(at(ticket, 'needValidate')) === value,
  waitingFor: (value, ticket) => at(ticket, 'waitingFor') === value,
};

/** Who sees a ticket, by the table of the contract's readings. */
const isVisible = ({ role, region, id }: Member, ticket: unknown): boolean => {
  const isNear = at(ticket, 'region') === region;
  const isOwn = at(ticket, 'foc', 'id') === id;
  const isOpen = at(ticket, 'latestStatus') === 'Open';
  switch (role) {
    case 'SuperAdmin':
      return true;
    case 'NOC':
      return isNear;
    case 'FOCSupervisor':
      return isOwn || (isNear && (isOpen || at(ticket, 'inProgressByFoc') === true));
    case 'FOC':
      return isOwn || (isNear && isOpen);
  }
};

const SITUATIONS: readonly Situation[] = [
  'Draft',
  'Open',
  'Accepted',
  'CheckInAsked',
  'OnGoing',
  'LinkChecked',
  'Pending',
  'Closed',
];

describe('GET /v1/tickets', () => {
  const tag = `Tagged ${randomUUID()}`;
  let api: TestApi;
  let world: CgsWorld;
  let admin: Member;
  let people: Member[];
  let tickets: unknown[];
  let now: Date;

  const idOf = (ticket: unknown): string => textAt(ticket, 'id');

  const list = async (as: Member, query: Readonly<Record<string, string>>) => {
    const search = new URLSearchParams({ limit: '100', ...query });
    const answer = await world.call('GET', `/v1/tickets?${search.toString()}`, { as });
    expect(answer.status, answer.text).to.equal(200);
    return {
      rows: listAt(answer.body, 'data', 'result'),
      next: at(answer.body, 'data', 'page', 'nextCursor'),
    };
  };

  const walk = async (as: Member, query: Readonly<Record<string, string>>) => {
    const rows: unknown[] = [];
    let page = await list(as, query);
    for (;;) {
      rows.push(...page.rows);
      if (typeof page.next !== 'string') return rows;
      page = await list(as, { ...query, cursor: page.next });
    }
  };

  /** Tickets of every situation in a region, and its people. */
  const fillRegion = async (region: Region): Promise<string[]> => {
    const [noc, foc] = [await world.member('NOC', region), await world.member('FOC', region)];
    const supervisor = await world.member('FOCSupervisor', region);
    people.push(noc, foc, supervisor, await world.member('FOC', region));
    const more = { endUser: tag, type: region === 'West' ? 'Trouble' : 'Maintenance' };
    const ids: string[] = [];
    for (const situation of SITUATIONS) ids.push(await world.ticket(situation, { noc, foc }, more));
    const held = await world.ticket('Accepted', { noc, foc: supervisor }, more);
    const finished = await world.ticket('LinkChecked', { noc, foc }, more);
    await world.command(foc, finished, 'taskStatus/finishing', EVIDENCE);
    const asking = await world.ticket('OnTheWay', { noc, foc }, more);
    const pending = { ...EVIDENCE, pendingCategory: 'Weather', pendingInterval: 30 };
    await world.command(foc, asking, 'ticketStatus/pending', pending);
    const canceled = await world.ticket('Open', { noc, foc }, more);
    await world.command(noc, canceled, 'ticketStatus/cancel', { cancelCategory: 'Other' });
    const free = await world.open(noc, {
      ...more,
      client: null,
      address: 'Jl. Braga 1',
      customerType: 'Dedicated',
    });
    return [...ids, held, finished, asking, canceled, free];
  };

  before(async function () {
    this.timeout(120_000);
    now = new Date();
    api = await startApi({ now: () => now });
    world = cgsWorld(api);
    admin = await world.member('SuperAdmin');
    people = [admin];
    const ids: string[] = [];
    // All tickets of a region have the same time, so that they are ordered by id.
    for (const region of REGIONS) ids.push(...(await fillRegion(region)));
    const [noc, foc] = [await world.member('NOC'), await world.member('FOC')];
    now = new Date(now.getTime() - 9 * HOUR);
    const late = await world.open(noc, { endUser: tag });
    now = new Date(now.getTime() + 9 * HOUR);
    await world.command(foc, late, 'ticketStatus/accept');
    tickets = await Promise.all([...ids, late].map((id) => world.read(admin, id)));
  });
  after(() => api.stop());

  const idsWhere = (test: (ticket: unknown) => boolean): string[] =>
    tickets.filter(test).map(idOf).sort();

  /** Each filter with every value that some ticket has, and one that no ticket has. */
  const choices = (): [string, string][] => {
    const [area] = tickets.map((ticket) => at(ticket, 'client', 'city', 'id'));
    const [client] = tickets.map((ticket) => at(ticket, 'client', 'id'));
    const held = tickets.find((ticket) => at(ticket, 'latestStatus') === 'Accepted');
    return [
      ...REGIONS.map((region): [string, string] => ['region', region]),
      ['area', String(area)],
      ['area', 'no-such-area'],
      ['client', String(client)],
      ['isp', 'ADIDAYA'],
      ['isp', 'NO SUCH ISP'],
      ['splitter', 'PALLADIUM'],
      ['isActive', 'true'],
      ['isActive', 'false'],
      ['foc', textAt(held, 'foc', 'id')],
      ['type', 'Trouble'],
      ['type', 'Maintenance'],
      ...['Draft', 'Open', 'Accepted', 'OnTheWay', 'OnGoing', 'Pending', 'Closed', 'Canceled'].map(
        (status): [string, string] => ['latestStatus', status],
      ),
      ...['Jointing', 'LinkChecking', 'Tidying', 'Finishing'].map((task): [string, string] => [
        'latestStatus',
        task,
      ]),
      ...['under', 'over', 'non'].map((aging): [string, string] => ['agingTime', aging]),
      ['cancelCategory', 'Other'],
      ['cancelCategory', 'Duplicate'],
      ['needValidate', 'true'],
      ['needValidate', 'false'],
      ...REQUESTS.map((request): [string, string] => ['waitingFor', request]),
    ];
  };

  const means = (filter: string, value: string, ticket: unknown): boolean =>
    MEANINGS[filter]?.(value, ticket) === true;

  it('finds by each filter exactly the tickets that match it', async function () {
    this.timeout(120_000);
    for (const [filter, value] of [...choices(), ['endUser', tag] as const]) {
      const found = new Set((await walk(admin, { [filter]: value })).map(idOf));
      const ours = tickets.map(idOf).filter((id) => found.has(id));
      const expected = idsWhere((ticket) => means(filter, value, ticket));
      expect(ours.sort(), `${filter}=${value}`).to.deep.equal(expected);
    }
  });

  it('finds by any two filters exactly the tickets that match both', async function () {
    this.timeout(120_000);
    const all = choices();
    for (const [index, [one, oneValue]] of all.entries()) {
      const others = all.slice(index + 1).filter(([other]) => other !== one);
      const asked = others.map(async ([other, otherValue]) => {
        const query = { endUser: tag, [one]: oneValue, [other]: otherValue };
        const { rows } = await list(admin, query);
        const expected = idsWhere(
          (ticket) => means(one, oneValue, ticket) && means(other, otherValue, ticket),
        );
        expect(rows.map(idOf).sort(), JSON.stringify(query)).to.deep.equal(expected);
      });
      await Promise.all(asked);
    }
  });

  it('exports exactly the tickets that match a filter', async () => {
    const asked = choices().map(async ([filter, value]) => {
      const search = new URLSearchParams({ endUser: tag, [filter]: value });
      const path = `/v1/tickets/export?${search.toString()}`;
      const { text } = await world.call('GET', path, { as: admin });
      const ids = text.split('\n').flatMap((line) => /^(?:TRB|MNT)-[\d-]+/.exec(line) ?? []);
      const expected = tickets.filter((ticket) => means(filter, value, ticket));
      expect(ids.sort(), `${filter}=${value}`).to.deep.equal(
        expected.map((ticket) => textAt(ticket, 'ticketId')).sort(),
      );
    });
    await Promise.all(asked);
  });

  it('combines all filters', async () => {
    const [ticket] = tickets.filter((each) => at(each, 'latestTaskStatus') === 'Jointing');
    const query = {
      region: textAt(ticket, 'region'),
      area: textAt(ticket, 'client', 'city', 'id'),
      type: textAt(ticket, 'type'),
      endUser: tag,
      latestStatus: 'Jointing',
      agingTime: 'under',
      needValidate: 'false',
    };
    expect((await list(admin, query)).rows.map(idOf)).to.deep.equal([idOf(ticket)]);
    expect((await list(admin, { ...query, type: 'Maintenance' })).rows).to.have.length(
      query.type === 'Maintenance' ? 1 : 0,
    );
  });

  it('finds by an area’s name as by its id, in the regions that have one of that name', async () => {
    const name = `Jakarta Selatan / ${randomUUID()}`;
    const opened = async (region: Region, by: 'id' | 'name') => {
      const area = await world.area(region, name);
      const id = await world.open(await world.member('NOC', region), { area: area[by] });
      expect(at(await world.read(admin, id), 'client', 'city')).to.deep.equal(area);
      return { id, area: area.id };
    };
    const west = await opened('West', 'name');
    const east = await opened('East', 'id');
    const found = async (query: Readonly<Record<string, string>>) =>
      (await list(admin, query)).rows.map(idOf).sort();
    expect(await found({ area: name })).to.deep.equal([west.id, east.id].sort());
    expect(await found({ area: name, region: 'East' })).to.deep.equal([east.id]);
    expect(await found({ area: west.area })).to.deep.equal([west.id]);
    expect(await found({ area: `${name} 2` })).to.deep.equal([]);
    const noc = await world.member('NOC', 'West');
    const edit = { as: noc, body: { area: name } };
    expect((await world.call('PUT', `/v1/tickets/${west.id}`, edit)).status).to.equal(200);
    const lost = { as: noc, body: { area: 'Nowhere' } };
    expect((await world.call('PUT', `/v1/tickets/${west.id}`, lost)).status).to.equal(400);
  });

  it('takes an empty filter as none', async () => {
    const none = [...Object.keys(ticketFilters), ...Object.keys(boardFilters), 'view', 'count'];
    const query = Object.fromEntries(none.map((name) => [name, '']));
    const rows = await walk(admin, { ...query, endUser: tag });
    expect(rows.map(idOf).sort()).to.deep.equal(tickets.map(idOf).sort());
  });

  for (const limit of [1, 4, 7, 100]) {
    it(`walks all rows exactly once, newest first, ${limit} at a time`, async () => {
      const rows = await walk(admin, { endUser: tag, limit: String(limit) });
      expect(rows.map(idOf).sort()).to.deep.equal(tickets.map(idOf).sort());
      const closedAt = new Map(tickets.map((ticket) => [idOf(ticket), at(ticket, 'closedAt')]));
      for (const row of rows) expect(at(row, 'closedAt')).to.equal(closedAt.get(idOf(row)));
      const times = rows.map((row) => textAt(row, 'createdAt'));
      expect(times).to.deep.equal(times.toSorted().reverse());
    });
  }

  it('shows each person exactly the tickets that they may see, as GET of one does', async function () {
    this.timeout(120_000);
    expect(new Set(people.map(({ role }) => role)).size).to.equal(ROLES.length);
    for (const person of people) {
      const expected = idsWhere((ticket) => isVisible(person, ticket));
      const listed = (await walk(person, { endUser: tag, limit: '5' })).map(idOf).sort();
      expect(listed, `${person.role} ${person.region}`).to.deep.equal(expected);
      const asked = tickets.map(async (ticket) => {
        const { status } = await world.call('GET', `/v1/tickets/${idOf(ticket)}`, { as: person });
        expect(status).to.equal(expected.includes(idOf(ticket)) ? 200 : 404);
      });
      await Promise.all(asked);
    }
  });

  it('narrows what a person may see by each filter, and never widens it', async function () {
    this.timeout(120_000);
    for (const person of people) {
      const asked = choices().map(async ([filter, value]) => {
        const { rows } = await list(person, { endUser: tag, [filter]: value });
        const expected = idsWhere(
          (ticket) => isVisible(person, ticket) && means(filter, value, ticket),
        );
        const name = `${person.role} ${person.region} ${filter}=${value}`;
        expect(rows.map(idOf).sort(), name).to.deep.equal(expected);
      });
      await Promise.all(asked);
    }
  });
});
