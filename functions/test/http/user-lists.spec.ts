import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { type Role, ROLES } from '../../src/desks/cgs/domain/vocabulary.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { personWith } from '../desks/person.ts';
import { at, listAt, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';

describe('reading users', () => {
  let api: TestApi;
  let world: CgsWorld;
  let admin: Member;

  before(async () => {
    api = await startApi();
    world = cgsWorld(api);
    admin = await world.member('SuperAdmin');
  });
  after(() => api.stop());

  const get = (id: string, as: Member) => world.call('GET', `/v1/users/${id}`, { as });

  const reach = {
    SuperAdmin: ['West SuperAdmin', 'West NOC', 'West FOC', 'West FOCSupervisor', 'East FOC'],
    NOC: ['West SuperAdmin', 'West NOC', 'West FOC', 'West FOCSupervisor'],
    FOCSupervisor: ['West FOC'],
    FOC: [],
  } as const satisfies Record<Role, readonly string[]>;

  for (const role of ROLES) {
    const seen: readonly string[] = reach[role];
    it(`one person shows a ${role} ${seen.join(', ') || 'nobody else'}`, async () => {
      const viewer = await world.member(role);
      expect((await get(viewer.id, viewer)).status).to.equal(200);
      for (const region of ['West', 'East'] as const) {
        for (const other of ['SuperAdmin', 'NOC', 'FOC', 'FOCSupervisor'] as const) {
          const person = await world.member(other, region);
          const isSeen =
            role === 'SuperAdmin' || seen.some((name) => name === `${region} ${other}`);
          expect((await get(person.id, viewer)).status).to.equal(isSeen ? 200 : 404);
        }
      }
    });
  }

  const everyone = async (as: Member, query: string, limit = 100): Promise<unknown[]> => {
    const rows: unknown[] = [];
    let cursor = '';
    do {
      const path = `/v1/users?limit=${limit}${query}${cursor}`;
      const { body } = await world.call('GET', path, { as });
      rows.push(...listAt(body, 'data', 'result'));
      const next = at(body, 'data', 'page', 'nextCursor');
      cursor = typeof next === 'string' ? `&cursor=${next}` : '';
    } while (cursor !== '');
    return rows;
  };

  it('a list shows a NOC exactly their region, each person once', async () => {
    const noc = await world.member('NOC', 'Central');
    const near = await world.member('FOC', 'Central');
    const far = await world.member('FOC', 'East');
    const rows = await everyone(noc, '');
    const ids = rows.map((row) => at(row, 'id'));
    expect(new Set(ids).size).to.equal(ids.length);
    expect(ids).to.include.members([noc.id, near.id]).and.not.include(far.id);
    expect([...new Set(rows.map((row) => at(row, 'region')))]).to.deep.equal(['Central']);
  });

  it('a list shows a supervisor only the FOCs of their region', async () => {
    const supervisor = await world.member('FOCSupervisor', 'Central');
    const near = await world.member('FOC', 'Central');
    const rows = await everyone(supervisor, '');
    expect(rows.map((row) => at(row, 'id'))).to.include(near.id);
    const kinds = new Set(rows.map((row) => `${textAt(row, 'region')} ${textAt(row, 'role')}`));
    expect([...kinds]).to.deep.equal(['Central FOC']);
  });

  it('a list shows a FOC only themselves', async () => {
    const foc = await world.member('FOC');
    expect((await everyone(foc, '')).map((row) => at(row, 'id'))).to.deep.equal([foc.id]);
  });

  it('a list is sorted as asked, whichever parameter names the field', async () => {
    const noc = await world.member('NOC', 'Central');
    for (const query of ['&orderBy=email&sortBy=desc', '&orderBy=desc&sortBy=email']) {
      const emails = (await everyone(noc, query)).map((row) => textAt(row, 'email'));
      expect(emails).to.deep.equal(emails.toSorted().reverse());
    }
    for (const query of ['', '&orderBy=name', '&sortBy=asc']) {
      const names = (await everyone(noc, query)).map((row) => textAt(row, 'name'));
      expect(names).to.deep.equal(names.toSorted());
    }
  });

  it('a list refuses two fields, two directions, and fields it does not sort by', async () => {
    for (const query of ['orderBy=name&sortBy=email', 'orderBy=asc&sortBy=desc', 'sortBy=nik']) {
      const answer = await world.call('GET', `/v1/users?${query}`, { as: admin });
      expect(answer.status).to.equal(400);
    }
  });

  describe('a list is narrowed', () => {
    const names = async (as: Member, query: string) =>
      (await everyone(as, `&q=saring&${query}`)).map((row) => textAt(row, 'name'));
    const accessOf = (role: Role, region: string, more: object = {}) => ({
      cgs: { role, region, active: true, area: null, areaId: null, areas: [], ...more },
    });

    before(async () => {
      const area = await world.area('East', 'SARINGAN');
      const placed = { area: area.name, areaId: area.id, areas: [area] };
      const people = [
        ['Saring Foc', accessOf('FOC', 'East', placed), true],
        ['Saring Noc', accessOf('NOC', 'East'), true],
        ['Saring Foc West', accessOf('FOC', 'West'), true],
        ['Saring Out', accessOf('FOC', 'East', { active: false }), true],
        ['Saring Off', accessOf('FOC', 'East'), false],
      ] as const;
      for (const [index, [name, access, active]] of people.entries()) {
        // Before all others, in this order.
        const email = `-${index}-${randomUUID()}@crewline.test`;
        await personWith(api, access, { name, active, email, phoneNumber: '0899 777 001' });
      }
    });

    for (const [query, expected] of [
      ['', ['Saring Foc', 'Saring Foc West', 'Saring Noc', 'Saring Off', 'Saring Out']],
      ['role=NOC', ['Saring Noc']],
      ['region=East&role=FOC', ['Saring Foc', 'Saring Off', 'Saring Out']],
      ['active=true', ['Saring Foc', 'Saring Foc West', 'Saring Noc']],
      ['active=false', ['Saring Off', 'Saring Out']],
      ['area=SARINGAN', ['Saring Foc']],
      ['area=NOWHERE', []],
    ] as const) {
      it(`by ${query || 'the words of a search alone'}`, async () => {
        expect(await names(admin, query)).to.deep.equal(expected);
      });

      it(`by ${query || 'the words of a search alone'} in another order`, async () => {
        for (const order of ['desc', 'email', 'createdAt&sortBy=desc']) {
          const found = await names(admin, `${query}&orderBy=${order}`);
          expect(found.toSorted(), order).to.deep.equal(expected);
        }
      });
    }

    it('in another order past those who are not asked for', async () => {
      const query = 'q=saring&role=FOC&active=false&orderBy=email&limit=2';
      const { body } = await world.call('GET', `/v1/users?${query}`, { as: admin });
      const found = listAt(body, 'data', 'result').map((row) => textAt(row, 'name'));
      expect(found).to.deep.equal(['Saring Out', 'Saring Off']);
      const noc = await world.member('NOC', 'Central');
      expect(await everyone(noc, '&q=nobody&orderBy=email', 2)).to.deep.equal([]);
    });

    it('within the caller’s reach', async () => {
      const noc = await world.member('NOC', 'East');
      expect(await names(noc, 'role=FOC&active=true')).to.deep.equal(['Saring Foc']);
      expect(await names(noc, 'region=West')).to.deep.equal([]);
      const supervisor = await world.member('FOCSupervisor', 'West');
      expect(await names(supervisor, '')).to.deep.equal(['Saring Foc West']);
      expect(await names(supervisor, 'role=NOC')).to.deep.equal([]);
      const foc = await world.member('FOC');
      expect(await names(foc, '')).to.deep.equal([]);
      const own = async (query: string) => (await everyone(foc, query)).length;
      expect([await own('&role=FOC'), await own('&role=NOC')]).to.deep.equal([1, 0]);
    });

    it('by all words of a search: of name, e-mail and phone number', async () => {
      const find = async (q: string) =>
        (await everyone(admin, `&q=${encodeURIComponent(q)}`)).map((row) => textAt(row, 'name'));
      expect(await find('wes sarin')).to.deep.equal(['Saring Foc West']);
      expect(await find('saring nobody')).to.deep.equal([]);
      expect(await find(admin.email)).to.deep.equal(['SuperAdmin West']);
      expect(await find('saring 0899')).to.have.length(5);
    });
  });
});
