import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { DeskName } from '../../src/api.ts';
import { grants } from '../../src/kernel/auth/grant.ts';
import { PERMISSIONS } from '../../src/desks/urban/domain/vocabulary.ts';
import { communityWorld } from '../desks/community/world.ts';
import { KITS } from '../desks/kits.ts';
import { PASSWORD, personWith, type SignedIn, withAccount } from '../desks/person.ts';
import { urbanWorld } from '../desks/urban/world.ts';
import { freshAddress } from '../support/accounts.ts';
import { at, type Received, type Sending, send, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { ownRuntime } from '../support/own-store.ts';

type Access = Readonly<Record<string, unknown>>;

/** Who reads and who changes whom: y yes, n not found, f forbidden; one letter for each subject. */
type Row = readonly [caller: string, access: Access, reads: string, changes: string];

/** What one desk's administrators may do. */
interface Table {
  /** Who may do everything that there is to do. */
  readonly chief: Access;
  /** Somebody whom the chief runs, and the same with another value. */
  readonly plain: Access;
  readonly other: Access;
  readonly subjects: Readonly<Record<string, Access>>;
  readonly rows: readonly Row[];
  /** What a caller may give: the field that is wrong, or undefined. */
  readonly gives: readonly (readonly [Row[1], Access, string | undefined])[];
}

const member = (role: string, companyId: number | null = null, more: Access = {}) => ({
  role,
  companyId,
  communityId: null,
  residentId: null,
  active: true,
  ...more,
});
const resident = (companyId: number, communityId: number, residentId: number) =>
  member('RESIDENT', companyId, { communityId, residentId });

let number = 100;
const staff = (ispId: number, branchIds: readonly number[], role = 'staff') => {
  number += 1;
  return { role, userId: number, ispId, branchIds, active: true };
};
const city = (...permissions: readonly string[]) => ({
  technician: false,
  permissions,
  active: true,
});

const NOBODY = 'ffffff';
const SYSTEM = member('SYSTEM_ADMIN');
const COMPANY = member('ADMIN_COMPANY', 1);
const ISP = staff(1, [1, 2], 'admin');
const CITY = city('user:read', 'user:write', 'ticket:read');

const TABLES: Readonly<Record<Exclude<DeskName, 'cgs'>, Table>> = {
  community: {
    chief: SYSTEM,
    plain: resident(1, 1, 1),
    other: resident(1, 1, 2),
    subjects: {
      'a resident of company 1': resident(1, 1, 1),
      'an administrator of company 1': COMPANY,
      'a resident of company 2': resident(2, 3, 4),
      'an administrator of company 2': member('ADMIN_COMPANY', 2),
      'a SYSTEM_ADMIN': SYSTEM,
      'a SYSTEM_ADMIN who is of company 1': member('SYSTEM_ADMIN', 1),
    },
    rows: [
      ['a SYSTEM_ADMIN', SYSTEM, 'yyyyyy', 'yyyyyy'],
      ['an ADMIN_COMPANY of company 1', COMPANY, 'yynnnn', 'yynnnn'],
      ['a resident', resident(1, 1, 1), NOBODY, NOBODY],
    ],
    gives: [
      [SYSTEM, member('SYSTEM_ADMIN'), undefined],
      [COMPANY, member('ADMIN_COMPANY', 1), undefined],
      [COMPANY, resident(1, 1, 1), undefined],
      [COMPANY, member('ADMIN_COMPANY', 2), 'access.companyId'],
      [COMPANY, member('SYSTEM_ADMIN', 1), 'access.role'],
      [COMPANY, resident(1, 1, 99), 'access.residentId'],
      [SYSTEM, member('ADMIN_COMPANY'), 'access.companyId'],
    ],
  },
  isp: {
    chief: ISP,
    plain: staff(1, [1]),
    other: { ...staff(1, [2]), role: 'admin' },
    subjects: {
      'staff of branch 1': staff(1, [1]),
      'staff of both branches': staff(1, [2, 1]),
      'an administrator': staff(1, [2], 'admin'),
      'staff of a third branch': staff(1, [1, 3]),
      'staff of another ISP': staff(2, [1]),
      'an administrator of another ISP': staff(2, [1, 2], 'admin'),
    },
    rows: [
      ['an admin of branches 1 and 2', ISP, 'yyynnn', 'yyynnn'],
      ['staff', staff(1, [1, 2, 3]), NOBODY, NOBODY],
    ],
    gives: [
      [ISP, staff(1, [1, 2], 'admin'), undefined],
      [ISP, staff(1, []), undefined],
      [ISP, staff(2, [1]), 'access.ispId'],
      [ISP, staff(1, [1, 3]), 'access.branchIds.1'],
    ],
  },
  urban: {
    chief: city(...PERMISSIONS),
    plain: city(),
    other: city('ticket:read'),
    subjects: {
      'a citizen': city(),
      'a technician': { ...city(), technician: true },
      'a reader': city('ticket:read'),
      'somebody inactive': { ...city(), active: false },
      'somebody who deletes': city('ticket:delete'),
      'an administrator': city(...PERMISSIONS),
    },
    rows: [
      ['an administrator with all permissions', city(...PERMISSIONS), 'yyyyyy', 'yyyyyy'],
      ['an administrator of some', CITY, 'yyyyyy', 'yyyyff'],
      ['somebody with user:read', city('user:read', 'ticket:read'), 'yyyyyy', NOBODY],
      ['somebody with user:write', city('user:write'), NOBODY, 'yyfyff'],
      ['somebody with the tickets', city('ticket:read', 'ticket:write'), NOBODY, NOBODY],
    ],
    gives: [
      [CITY, city('ticket:read', 'user:read', 'user:write'), undefined],
      [CITY, city('ticket:read', 'ticket:delete'), 'access.permissions.1'],
    ],
  },
};

const LETTERS: Readonly<Record<string, number>> = { y: 200, n: 404, f: 403 };

describe('the people of a desk, run by its administrators', () => {
  let api: TestApi;

  before(async () => {
    api = await startApi({ store: ownRuntime().runtime.store });
    await communityWorld(api).fill();
  });
  after(() => api.stop());

  for (const desk of ['community', 'isp', 'urban'] as const) {
    describe(desk, () => {
      const table = TABLES[desk];
      const { base } = KITS[desk].desk;
      /** The same with a number of its own, where people have one. */
      const fresh = (access: Access): Access => {
        number += 1;
        return desk === 'isp' ? { ...access, userId: number } : access;
      };
      const call = (method: string, path: string, sending: Sending = {}) =>
        send(api.url, method, `${base}${path}`, sending);
      const somebody = (access: Access, more: Partial<SignedIn['person']> = {}) =>
        personWith(api, { [desk]: access }, more);
      const subject = async (access: Access, more: Partial<SignedIn['person']> = {}) =>
        withAccount(api, await somebody(access, more));
      const shown = ({ body }: Received): unknown => at(body, 'data') ?? body;
      const idsIn = (answer: Received): unknown[] => {
        const rows = shown(answer);
        return Array.isArray(rows) ? rows.map((row: unknown) => at(row, 'id')) : [];
      };
      const newcomer = (access: Access, more: object = {}) => ({
        email: `${randomUUID()}@crewline.test`,
        name: 'Nia Sari',
        phoneNumber: '+62 811-0000-1111',
        password: PASSWORD,
        access,
        ...more,
      });
      const login = (email: string, password: string) =>
        send(api.url, 'POST', '/v1/login', {
          body: { email, password },
          headers: { 'X-Forwarded-For': freshAddress() },
        });

      for (const [caller, granted, reads, changes] of table.rows) {
        for (const [index, [what, access]] of Object.entries(table.subjects).entries()) {
          const mayRead = LETTERS[reads[index] ?? ''];
          const mayChange = LETTERS[changes[index] ?? ''];

          it(`${what} is read (${mayRead}) and changed (${mayChange}) by ${caller}`, async () => {
            const as = await somebody(granted);
            const word = `q${randomUUID().replaceAll('-', '')}`;
            const { id } = await subject(access, { name: `Nia ${word}` });
            const path = `/people/${id}`;
            expect((await call('GET', path, { as })).status).to.equal(mayRead);
            const list = await call('GET', `/people?q=${word}`, { as });
            expect(list.status).to.equal(mayRead === 403 ? 403 : 200);
            expect(idsIn(list)).to.deep.equal(mayRead === 200 ? [id] : []);
            const put = await call('PUT', path, { as, body: { name: 'Nia Wati' } });
            expect(put.status, put.text).to.equal(mayChange);
            const removed = await call('DELETE', path, { as });
            expect(removed.status, removed.text).to.equal(mayChange);
          });
        }
      }

      for (const [granted, access, wrong] of table.gives) {
        const what = JSON.stringify(access);

        it(`${JSON.stringify(granted)} gives ${what}: ${wrong ?? 'yes'}`, async () => {
          const as = await somebody(granted);
          const made = await call('POST', '/people', { as, body: newcomer(access) });
          expect(made.status, made.text).to.equal(wrong === undefined ? 201 : 400);
          const { id } = await subject(table.plain);
          const body = { access: fresh(access) };
          const changed = await call('PUT', `/people/${id}`, { as, body });
          expect(changed.status, changed.text).to.equal(wrong === undefined ? 200 : 400);
          if (wrong !== undefined) expect(changed.text).to.include(wrong);
        });
      }

      it('registers somebody who signs in and is let in, until they are withdrawn', async () => {
        const as = await somebody(table.chief);
        const body = newcomer(fresh(table.chief));
        const made = await call('POST', '/people', { as, body });
        expect(made.status, made.text).to.equal(201);
        const signedIn = await login(body.email, PASSWORD);
        expect(signedIn.status, signedIn.text).to.equal(200);
        const [session = ''] = signedIn.headers.getSetCookie();
        const cookie = session.slice(session.indexOf('=') + 1).split(';')[0] ?? '';
        expect((await call('GET', '/people', { as: { cookie } })).status).to.equal(200);
        const path = `/people/${textAt(shown(made), 'id')}`;
        expect((await call('DELETE', path, { as })).status).to.equal(200);
        expect((await call('GET', '/people', { as: { cookie } })).status).to.equal(403);
        expect((await call('GET', path, { as })).status).to.equal(404);
      });

      it('registers without a password, which then nobody knows', async () => {
        const as = await somebody(table.chief);
        const { password: _, ...body } = newcomer(fresh(table.plain));
        const made = await call('POST', '/people', { as, body });
        expect(made.status, made.text).to.equal(201);
        expect((await login(body.email, PASSWORD)).status).to.equal(401);
      });

      it('refuses an e-mail that somebody has, of whatever desk', async () => {
        const as = await somebody(table.chief);
        const { person } = await withAccount(api, await personWith(api, { elsewhere: {} }));
        const made = await call('POST', '/people', {
          as,
          body: newcomer(fresh(table.plain), { email: person.email }),
        });
        expect(made.status, made.text).to.equal(409);
        const { id } = await subject(table.plain);
        const changed = await call('PUT', `/people/${id}`, { as, body: { email: person.email } });
        expect(changed.status, changed.text).to.equal(409);
      });

      it('lets nobody change or withdraw themselves', async () => {
        const as = await subject(table.chief);
        const path = `/people/${as.id}`;
        expect((await call('GET', path, { as })).status).to.equal(200);
        expect((await call('PUT', path, { as, body: { name: 'Me' } })).status).to.equal(409);
        expect((await call('DELETE', path, { as })).status).to.equal(409);
      });

      it('changes of somebody with access elsewhere only the access of the desk', async () => {
        const as = await somebody(table.chief);
        const elsewhere = { lost: { role: 'Finder', active: true } };
        const shared = await withAccount(
          api,
          await personWith(api, { ...elsewhere, [desk]: table.plain }),
        );
        const path = `/people/${shared.id}`;
        const seen = await call('GET', path, { as });
        expect(at(shown(seen), 'isShared')).to.equal(true);
        expect(at(shown(seen), 'access')).to.deep.equal(table.plain);
        for (const body of [
          { name: 'Another' },
          { email: `${randomUUID()}@crewline.test` },
          { password: 'another-right-horse' },
        ]) {
          expect((await call('PUT', path, { as, body })).status).to.equal(409);
        }
        const changed = await call('PUT', path, { as, body: { access: table.other } });
        expect(changed.status, changed.text).to.equal(200);
        expect((await call('DELETE', path, { as })).status).to.equal(200);
        const key = grants.doc(shared.id);
        const stored = (await api.runtime.store.get(key))?.data;
        expect(stored?.access).to.deep.equal(elsewhere);
        expect(stored?.active).to.equal(true);
      });

      it('keeps what is left out of a changed access', async () => {
        const as = await somebody(table.chief);
        const access = fresh(table.plain);
        const { id } = await subject(access);
        const changed = await call('PUT', `/people/${id}`, {
          as,
          body: { access: { active: false } },
        });
        expect(changed.status, changed.text).to.equal(200);
        expect(at(shown(changed), 'access')).to.deep.equal({ ...access, active: false });
      });

      it('ends all sessions of somebody with a new password or e-mail', async () => {
        const as = await somebody(table.chief);
        for (const change of [
          { password: 'another-right-horse' },
          { email: `${randomUUID()}@crewline.test` },
        ]) {
          const them = await subject(table.plain);
          const listed = async () => (await call('GET', '/people', { as: them })).status;
          expect(await listed()).to.equal(403);
          const answer = await call('PUT', `/people/${them.id}`, { as, body: change });
          expect(answer.status, answer.text).to.equal(200);
          expect(await listed()).to.equal(401);
        }
      });

      it('lists by name, in pages, and finds by name, e-mail and phone number', async () => {
        const as = await somebody(table.chief);
        const word = `w${randomUUID().replaceAll('-', '').slice(0, 12)}`;
        const digits = String(Date.now()).slice(-10);
        const phoneNumber = `08${digits}`;
        const [b, a, c] = [
          await subject(table.plain, { name: `B ${word}` }),
          await subject(table.plain, { name: `A ${word} Budi`, phoneNumber }),
          await subject(table.plain, { name: `Cici ${word}` }),
        ];
        const find = async (query: string) => call('GET', `/people?${query}`, { as });
        const first = await find(`q=${word}&limit=2`);
        expect(idsIn(first)).to.deep.equal([a.id, b.id]);
        const cursor = first.headers.get('X-Next-Cursor') ?? '';
        expect(idsIn(await find(`q=${word}&limit=2&cursor=${cursor}`))).to.deep.equal([c.id]);
        expect(idsIn(await find(`q=${word}%20bud`))).to.deep.equal([a.id]);
        // The page is full, although two others come before who have one of the words only.
        expect(idsIn(await find(`q=${word}%20cici&limit=1`))).to.deep.equal([c.id]);
        expect(idsIn(await find(`q=${phoneNumber}`))).to.deep.equal([a.id]);
        expect(idsIn(await find(`q=${c.person.email}`))).to.deep.equal([c.id]);
        expect(idsIn(await find(`q=${word}&active=false`))).to.deep.equal([]);
        expect(idsIn(await find(`q=${word}&active=true`))).to.have.length(3);
      });
    });
  }

  it('keeps a technician with work in progress', async () => {
    const world = urbanWorld(api);
    const crew = await world.crew();
    await world.ticketIn('IN_PROGRESS', crew);
    const path = `/people/${crew.technician.id}`;
    const as = crew.admin;
    const refused = [
      await world.call('DELETE', path, { as }),
      await world.call('PUT', path, { as, body: { access: { active: false } } }),
    ];
    for (const { status, body } of refused) {
      expect(status).to.equal(409);
      expect(at(body, 'error', 'code')).to.equal('person/has-tickets');
    }
  });

  it('gives a number of an ISP’s staff to one person only', async () => {
    const as = await personWith(api, { isp: ISP });
    const body = (access: Access) => ({
      email: `${randomUUID()}@crewline.test`,
      name: 'Nia Sari',
      phoneNumber: '0811111111',
      access,
    });
    const access = { ...staff(1, [1]), userId: 7001 };
    const post = () => send(api.url, 'POST', '/api/v1/people', { as, body: body(access) });
    const answers = await Promise.all([post(), post(), post()]);
    expect(answers.map(({ status }) => status)).to.have.members([201, 409, 409]);
  });
});
