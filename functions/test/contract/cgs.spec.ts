import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { deletePerson } from '../desks/person.ts';
import { accountsOf } from '../support/accounts.ts';
import { type CgsWorld, cgsWorld, type Member, type Situation } from '../desks/cgs/world.ts';
import { at, listAt, type Received, textAt } from '../support/client.ts';
import { TICKET } from '../support/contract-types.ts';
import { documents } from '../support/documents.ts';
import { startApi, type TestApi } from '../support/harness.ts';

/** The contract's example, word for word but for its password, which is too short for a new one. */
const USER = {
  email: 'email@web.com',
  password: 'bright-noc-123',
  rePassword: 'bright-noc-123',
  nik: '12345678910',
  name: 'NOC User One',
  role: 'NOC',
  region: 'West',
  area: 'BANDUNG',
  profilePhoto: 'https://blabla.com/photo.jpg',
  phoneNumber: '0812345678',
} as const;

const USER_KEYS = [
  'id',
  'email',
  'nik',
  'name',
  'role',
  'region',
  'area',
  'profilePhoto',
  'phoneNumber',
];
/** Fields of people that responses have beyond the contract. */
const USER_MORE = ['active', 'areas', 'createdAt', 'lastLoginAt', 'updatedAt'];

const TICKET_ROW = ['createdAt', 'updatedAt', 'id', 'ticketId', 'region', 'endUser', 'lastStatus'];
/** What a row has beyond the contract. */
const ROW_MORE = ['closedAt', 'incident'];
/** The document's fields beyond the contract's `Ticket`, as docs name them. */
const TICKET_MORE = [
  'area',
  'cancelCategory',
  'changeIds',
  'changedBy',
  'closedAt',
  'edits',
  'escalatedTo',
  'escalation',
  'escalationVersion',
  'firstAcceptedDuration',
  'firstAcceptedTime',
  'isActive',
  'isDueSoon',
  'keywords',
  'latestTaskStatus',
  'nextTimerAt',
  'pendingCategory',
  'releaseAt',
  'requestCounts',
  'resolution',
  'slaDueAt',
  'statusBeforePending',
  'waitingFor',
];

const EVIDENCE = { mediaUrl: 'https://storage.example/photo.jpg', remark: 'Sudah sampai' };
const PLACE = { locationCoordinate: '-6.914744,107.609810' };

const keysOf = (value: unknown): string[] => Object.keys(Object(value)).sort();
const sorted = (...lists: readonly (readonly string[])[]): string[] => lists.flat().sort();

describe('the CGS contract', () => {
  let api: TestApi;
  let world: CgsWorld;
  let accounts: ReturnType<typeof accountsOf>;
  let admin: Member;
  let noc: Member;
  let foc: Member;

  before(async () => {
    api = await startApi();
    world = cgsWorld(api);
    accounts = accountsOf(api, world);
    [admin, noc, foc] = await Promise.all([
      world.member('SuperAdmin'),
      world.member('NOC'),
      world.member('FOC'),
    ]);
    await world.area('West', 'BANDUNG');
  });
  after(() => api.stop());

  /** The examples name fixed e-mail addresses, so people with them from an earlier run are deleted. */
  const free = async (email: string): Promise<void> => {
    const uid = await api.runtime.accounts.find(email);
    if (uid === undefined) return;
    await deletePerson(api, uid);
    await api.runtime.accounts.remove(uid);
  };

  const registered = async (): Promise<string> => {
    await free(USER.email);
    const { body } = await world.call('POST', '/v1/users', { as: admin, body: USER });
    return textAt(body, 'data', 'result', 'id');
  };

  /** `{ statusCode, data }`, with the status of the answer. */
  const dataOf = (answer: Received, status: number): unknown => {
    expect(answer.status, answer.text).to.equal(status);
    expect(keysOf(answer.body)).to.deep.equal(['data', 'statusCode']);
    expect(at(answer.body, 'statusCode')).to.equal(status);
    return at(answer.body, 'data');
  };

  const resultOf = (answer: Received, status: number): unknown => {
    const data = dataOf(answer, status);
    expect(keysOf(data)).to.deep.equal(['result']);
    return at(data, 'result');
  };

  const rowsOf = (answer: Received): unknown[] => {
    const data = dataOf(answer, 200);
    expect(keysOf(data)).to.deep.equal(['page', 'result']);
    expect(keysOf(at(data, 'page'))).to.deep.equal(['limit', 'nextCursor']);
    return listAt(data, 'result');
  };

  describe('Authentication', () => {
    it('1. Login: POST /v1/login', async () => {
      await free('email@website.com');
      const user = { ...USER, email: 'email@website.com' };
      const registered = await world.call('POST', '/v1/users', { as: admin, body: user });
      // Passwords that were set before there was a policy still sign in.
      const uid = textAt(resultOf(registered, 201), 'id');
      await api.runtime.accounts.update(uid, { password: 'password' });
      const answer = await accounts.login('email@website.com', 'password');
      const data = dataOf(answer, 200);
      expect(keysOf(data)).to.deep.equal(['exp', 'iat', 'token']);
      expect(at(data, 'token')).to.match(/^[\w-]+\.[\w-]+\.[\w-]*$/);
      expect(at(data, 'iat')).to.satisfy(Number.isInteger);
      expect(at(data, 'exp')).to.satisfy(Number.isInteger);
      const cookies = answer.headers.getSetCookie();
      expect(cookies.some((cookie) => cookie.startsWith('session_id='))).to.equal(true);
    });

    it('2. Logout: GET /v1/logout', async () => {
      const { cookie } = await world.member('FOC');
      const answer = await world.call('GET', '/v1/logout', { as: { cookie } });
      expect(answer.body).to.deep.equal({ statusCode: 200 });
    });
  });

  describe('User', () => {
    const expectUser = (user: unknown): void => {
      const { password: _, rePassword: __, ...shown } = USER;
      expect(keysOf(user)).to.deep.equal(sorted(USER_KEYS, USER_MORE));
      expect(user).to.deep.include(shown);
    };

    it('1. Register New User: POST /v1/users', async () => {
      await free(USER.email);
      expectUser(resultOf(await world.call('POST', '/v1/users', { as: admin, body: USER }), 201));
    });

    it('2. Get All User: GET /v1/users', async () => {
      await registered();
      const path = '/v1/users?orderBy=createdAt&sortBy=desc&limit=5';
      const rows = rowsOf(await world.call('GET', path, { as: admin }));
      expect(rows.length).to.be.within(1, 5);
      expectUser(rows.find((row) => at(row, 'email') === USER.email));
    });

    it('2. Get Detail User: GET /v1/users/:id', async () => {
      const id = await registered();
      expectUser(resultOf(await world.call('GET', `/v1/users/${id}`, { as: admin }), 200));
    });

    it('3. Update User: PUT /v1/users/:id', async () => {
      const id = await registered();
      const answer = await world.call('PUT', `/v1/users/${id}`, { as: admin, body: USER });
      expectUser(resultOf(answer, 200));
    });

    it('4. Delete a User: DELETE /v1/users/:id', async () => {
      const id = await registered();
      expectUser(resultOf(await world.call('DELETE', `/v1/users/${id}`, { as: admin }), 200));
    });
  });

  describe('Ticket', () => {
    const opened = async () =>
      world.call('POST', '/v1/tickets', {
        as: noc,
        body: {
          client: (await world.client()).id,
          type: 'Trouble',
          source: 'Whatsapp',
          isDraft: false,
          publishedAt: null,
          address: 'Jl. Asia Afrika 8',
          contactPerson: [{ name: 'Dewi', phone: '0812345678' }],
          customerType: 'Dedicated',
          indicationCategory: 'FiberCut',
          networkSegment: 'Access',
          remark: null,
          msName: 'MAKMUR',
          msLocation: '1.23124123151,-0.32413123',
          splitterName: 'PALLADIUM',
          splitterLocation: '1.23124123151,-0.32413123',
        },
      });

    it('1. Create Ticket: POST /v1/tickets', async () => {
      expect(keysOf(resultOf(await opened(), 201))).to.deep.equal(sorted(TICKET_ROW, ROW_MORE));
    });

    it('2. Get Ticket List Items: GET /v1/tickets', async () => {
      const endUser = textAt(resultOf(await opened(), 201), 'endUser');
      const filters = { region: 'West', type: 'Trouble', latestStatus: 'Open', agingTime: 'under' };
      const search = new URLSearchParams({ ...filters, endUser });
      const rows = rowsOf(await world.call('GET', `/v1/tickets?${search.toString()}`, { as: noc }));
      expect(rows.map(keysOf)).to.deep.equal([sorted(TICKET_ROW, ROW_MORE)]);
    });

    it('3. accepted: POST /v1/tickets/:id/ticketStatus/accept', async () => {
      const id = await world.ticket('Open', { noc, foc });
      const path = `/v1/tickets/${id}/ticketStatus/accept`;
      const result = resultOf(await world.call('POST', path, { as: foc }), 201);
      expect(keysOf(result)).to.deep.equal(['createdAt', 'id', 'updatedAt']);
    });

    const pending = { ...EVIDENCE, pendingCategory: 'Weather', pendingInterval: 30 };
    const cancel = { ...EVIDENCE, cancelCategory: 'Duplicate' };
    const commands: readonly (readonly [string, Situation, string, object?])[] = [
      ['onTheWay', 'Accepted', 'ticketStatus/onTheWay'],
      ['checkedIn', 'OnTheWay', 'ticketStatus/checkedIn', { ...EVIDENCE, ...PLACE }],
      ['Request Pending', 'Accepted', 'ticketStatus/pending', pending],
      ['Resume Pending', 'Pending', 'ticketStatus/resume'],
      ['canceled', 'Accepted', 'ticketStatus/cancel', cancel],
      ['checking', 'CheckedIn', 'taskStatus/checking', EVIDENCE],
      ['pullingCable', 'CheckedIn', 'taskStatus/pullingCable', EVIDENCE],
      ['jointing', 'CheckedIn', 'taskStatus/jointing', EVIDENCE],
      ['tidying', 'CheckedIn', 'taskStatus/tidying', EVIDENCE],
      ['linkChecking', 'OnGoing', 'taskStatus/linkChecking', EVIDENCE],
      ['finishing', 'LinkChecked', 'taskStatus/finishing', { ...EVIDENCE, ...PLACE }],
    ];

    for (const [name, situation, path, body] of commands) {
      it(`3. ${name}: POST /v1/tickets/:id/${path}`, async () => {
        const id = await world.ticket(situation, { noc, foc });
        const sending = { as: foc, ...(body && { body }) };
        const answer = await world.call('POST', `/v1/tickets/${id}/${path}`, sending);
        expect(dataOf(answer, 201)).to.deep.equal({});
      });
    }

    for (const approved of ['true', 'false']) {
      it(`4. Validate: POST /v1/tickets/:id/validate/:evidenceId/${approved}`, async () => {
        const id = await world.ticket('CheckInAsked', { noc, foc });
        const path = `/v1/tickets/${id}/validate/${await world.waiting(noc, id)}/${approved}`;
        const answer = await world.call('POST', path, { as: noc });
        expect(dataOf(answer, 200)).to.deep.equal({});
      });
    }
  });

  describe('Firestore Collection', () => {
    const { read } = documents();

    it('tickets: the contract’s fields in every document', async () => {
      const ticket = await read(`tickets/${await world.ticket('Closed', { noc, foc })}`);
      expect(ticket).to.include.all.keys(...Object.keys(TICKET), ...TICKET_MORE);
    });

    it('ticketcount: the month’s tickets', async () => {
      const ticketId = textAt(await world.read(noc, await world.open(noc)), 'ticketId');
      const [, year = '', month = '', number = ''] = /-(\d{4})(\d{2})-(\d+)$/.exec(ticketId) ?? [];
      const count = await read(`ticketcount/${year}-${month}`);
      const name = new Date(`${year}-${month}-15`).toLocaleString('en', { month: 'long' });
      expect(count).to.include({ year: Number(year), month: name, count: Number(number) });
    });
  });

  describe('failures', () => {
    it('look alike: { statusCode, error: { code, message, details?, requestId } }', async () => {
      const unknown = `/v1/tickets/${randomUUID()}`;
      for (const answer of [
        await world.call('GET', '/v1/users/me'),
        await world.call('GET', unknown, { as: noc }),
        await world.call('POST', '/v1/tickets', { as: noc, body: {} }),
      ]) {
        expect(keysOf(answer.body)).to.deep.equal(['error', 'statusCode']);
        const error = at(answer.body, 'error');
        expect(error).to.include.all.keys('code', 'message', 'requestId');
        expect(at(error, 'code')).to.match(/^[a-z]+(\/[a-z-]+)?$/);
        const more = keysOf(error).filter(
          (key) => !['code', 'message', 'requestId', 'details'].includes(key),
        );
        expect(more).to.deep.equal([]);
      }
    });
  });
});
