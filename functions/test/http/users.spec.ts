import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { accountsOf, mailedCodes, PASSWORD } from '../support/accounts.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { urbanWorld } from '../desks/urban/world.ts';
import { at, codeOf, listAt, type Received, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';

describe('users', () => {
  let api: TestApi;
  let world: CgsWorld;
  let accounts: ReturnType<typeof accountsOf>;
  let admin: Member;

  before(async () => {
    api = await startApi();
    world = cgsWorld(api);
    accounts = accountsOf(api, world);
    admin = await world.member('SuperAdmin');
  });
  after(() => api.stop());

  const newUser = (more: object = {}) => ({
    email: `user.${randomUUID()}@crewline.test`,
    password: PASSWORD,
    rePassword: PASSWORD,
    nik: '12345678910',
    name: 'NOC User One',
    role: 'NOC',
    region: 'West',
    profilePhoto: 'https://blabla.com/photo.jpg',
    phoneNumber: '0812345678',
    ...more,
  });
  const post = (body: object) => world.call('POST', '/v1/users', { as: admin, body });
  const put = (id: string, body: object, as = admin) =>
    world.call('PUT', `/v1/users/${id}`, { as, body });
  const get = (id: string, as = admin) => world.call('GET', `/v1/users/${id}`, { as });
  const remove = (id: string, as = admin) => world.call('DELETE', `/v1/users/${id}`, { as });
  const resultOf = ({ body }: Received): unknown => at(body, 'data', 'result');
  const pathsOf = ({ body }: Received) =>
    listAt(body, 'error', 'details').map((detail) => at(detail, 'path'));

  describe('registering', () => {
    it('lets the person sign in with the password, which no answer repeats', async () => {
      const body = newUser();
      const answer = await post(body);
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.text).not.to.include(PASSWORD);
      const { cookie } = await accounts.signIn(body);
      const id = textAt(resultOf(answer), 'id');
      expect(textAt(resultOf(await get('me', { ...admin, cookie })), 'id')).to.equal(id);
    });

    it('finds the area by its id or by its name, only in the region', async () => {
      const area = await world.area('East');
      for (const named of [area.id, area.name]) {
        const answer = await post(newUser({ region: 'East', area: named }));
        expect(at(resultOf(answer), 'area')).to.equal(area.name);
        expect(at(resultOf(answer), 'areas')).to.deep.equal([area]);
      }
      for (const named of [area.id, area.name, 'NOWHERE', '__x__', 'a/b']) {
        const answer = await post(newUser({ region: 'West', area: named }));
        expect(answer.status).to.equal(400);
        expect(pathsOf(answer)).to.deep.equal(['area']);
      }
    });

    it('prefers the area of the own region where two share a name', async () => {
      const name = `AREA ${randomUUID()}`;
      const [east, west] = [await world.area('East', name), await world.area('West', name)];
      const answer = await post(newUser({ region: 'West', area: name }));
      expect(listAt(resultOf(answer), 'areas')).to.deep.equal([west]);
      expect(east.id).not.to.equal(west.id);
    });

    it('refuses an e-mail that somebody has, in any letter case, and keeps theirs', async () => {
      const body = newUser();
      await post(body);
      for (const email of [body.email, body.email.toUpperCase()]) {
        const other = { password: 'other-horse', rePassword: 'other-horse' };
        const answer = await post({ ...body, ...other, email });
        expect(answer.status).to.equal(409);
        expect(codeOf(answer)).to.equal('user/email-taken');
      }
      await accounts.signIn(body);
    });

    it('takes over an account that a crash left in Authentication, with the new password', async () => {
      const body = newUser();
      const uid = randomUUID();
      await api.runtime.accounts.create(uid, { email: body.email, password: 'left-behind' });
      const answer = await post(body);
      expect(answer.status, answer.text).to.equal(201);
      expect(at(resultOf(answer), 'id')).to.equal(uid);
      await accounts.signIn(body);
      expect((await accounts.login(body.email, 'left-behind')).status).to.equal(401);
    });

    it('of one e-mail ten times at once makes one person', async () => {
      const body = newUser();
      const answers = await Promise.all(Array.from({ length: 10 }, () => post(body)));
      const statuses = answers.map(({ status }) => status);
      expect(statuses).to.have.members([201, ...Array.from({ length: 9 }, () => 409)]);
      await accounts.signIn(body);
    });

    it('asks for the password twice, for eight characters, and for none of the most used', async () => {
      for (const [password, rePassword, path] of [
        ['bright-noc-123', 'bright-noc-124', 'rePassword'],
        ['bright1', 'bright1', 'password'],
        ['Password123', 'Password123', 'password'],
      ]) {
        const answer = await post(newUser({ password, rePassword }));
        expect(answer.status).to.equal(400);
        expect(pathsOf(answer)).to.deep.equal([path]);
        const changed = await put(admin.id, { password, rePassword });
        expect(pathsOf(changed)).to.deep.equal([path]);
      }
    });

    it('without a password invites them: the link of a mail sets the first one', async () => {
      const { password: _, rePassword: __, ...body } = newUser();
      const answer = await post(body);
      expect(answer.status, answer.text).to.equal(201);
      const codes = await mailedCodes(body.email);
      expect(codes).to.have.length(1);
      const confirmed = await world.call('POST', '/v1/password-reset/confirm', {
        body: { code: codes[0], newPassword: PASSWORD },
      });
      expect(confirmed.status, confirmed.text).to.equal(200);
      await accounts.signIn(body);
    });

    it('without a password takes nobody’s old password over', async () => {
      const { password: _, rePassword: __, ...body } = newUser();
      await api.runtime.accounts.create(randomUUID(), {
        email: body.email,
        password: 'left-behind',
      });
      expect((await post(body)).status).to.equal(201);
      expect((await accounts.login(body.email, 'left-behind')).status).to.equal(401);
      expect(await mailedCodes(body.email)).to.have.length(1);
    });

    it('sends no mail to a person who has a password, or is not active yet', async () => {
      const { password: _, rePassword: __, ...inactive } = newUser({ active: false });
      const active = newUser();
      for (const body of [inactive, active]) {
        expect((await post(body)).status).to.equal(201);
        expect(await mailedCodes(body.email)).to.deep.equal([]);
      }
    });

    it('of a person who is not active yet keeps them out', async () => {
      const body = newUser({ active: false });
      expect(at(resultOf(await post(body)), 'active')).to.equal(false);
      expect((await accounts.login(body.email, PASSWORD)).status).to.equal(401);
    });
  });

  describe('changing', () => {
    it('keeps what is left out', async () => {
      const { id } = await accounts.person('FOC');
      const before = resultOf(await get(id));
      const after = resultOf(await put(id, { nik: '777' }));
      expect(after).to.deep.equal({
        ...Object(before),
        nik: '777',
        updatedAt: at(after, 'updatedAt'),
      });
      expect(resultOf(await get(id))).to.deep.equal(after);
    });

    it('moves the e-mail and the password of the account along', async () => {
      const person = await accounts.person('FOC');
      const email = `moved.${person.email}`;
      await put(person.id, { email, password: 'other-horse', rePassword: 'other-horse' });
      await accounts.signIn({ email }, { password: 'other-horse' });
      expect((await accounts.login(person.email, PASSWORD)).status).to.equal(401);
    });

    it('refuses an e-mail that somebody else has', async () => {
      const [one, other] = [await accounts.person('FOC'), await accounts.person('FOC')];
      const answer = await put(one.id, { email: other.email, name: 'Nobody' });
      expect(answer.status).to.equal(409);
      expect(at(resultOf(await get(one.id)), 'name')).to.equal('FOC West');
    });

    it('back to active lets the person in again', async () => {
      const person = await accounts.person('FOC');
      await put(person.id, { active: false });
      expect((await accounts.login(person.email, PASSWORD)).status).to.equal(401);
      await put(person.id, { active: true });
      await accounts.signIn(person);
    });

    it('asks for an area of the new region when the person has one', async () => {
      const { id } = await accounts.person('FOC');
      const [west, east] = [await world.area('West'), await world.area('East')];
      await put(id, { area: west.name });
      expect(pathsOf(await put(id, { region: 'East' }))).to.deep.equal(['area']);
      const moved = await put(id, { region: 'East', area: east.id });
      expect(at(resultOf(moved), 'areas')).to.deep.equal([east]);
      const emptied = resultOf(await put(id, { area: null }));
      expect([at(emptied, 'area'), at(emptied, 'areas')]).to.deep.equal([null, []]);
    });

    it('does not let a SuperAdmin withdraw their own access to the desk', async () => {
      const self = await accounts.person('SuperAdmin');
      for (const body of [{ role: 'NOC' }, { active: false }]) {
        const answer = await put(self.id, body, self);
        expect(codeOf(answer)).to.equal('user/self');
      }
      expect(codeOf(await remove(self.id, self))).to.equal('user/self');
      expect((await put(self.id, { name: 'Still Admin' }, self)).status).to.equal(200);
    });

    it('ten times at once loses no change', async () => {
      const { id } = await accounts.person('FOC');
      const fields = [
        { nik: '1' },
        { name: 'A' },
        { phoneNumber: '08123' },
        { profilePhoto: null },
      ];
      const answers = await Promise.all(fields.map((body) => put(id, body)));
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200]);
      const after = resultOf(await get(id));
      for (const field of fields) expect(after).to.include(field);
    });
  });

  describe('deleting', () => {
    it('answers with the person, who is gone then', async () => {
      const person = await accounts.person('FOC');
      const before = resultOf(await get(person.id));
      expect(resultOf(await remove(person.id))).to.deep.equal(before);
      expect((await get(person.id)).status).to.equal(404);
      expect((await remove(person.id)).status).to.equal(404);
      expect((await accounts.login(person.email, PASSWORD)).status).to.equal(401);
    });

    it('frees the e-mail for somebody else', async () => {
      const person = await accounts.person('FOC');
      await remove(person.id);
      expect((await post(newUser({ email: person.email }))).status).to.equal(201);
    });

    it('is refused while tickets are assigned to them, and lists these tickets', async () => {
      const [noc, foc] = [await world.member('NOC'), await accounts.person('FOC')];
      const held = await world.ticket('Accepted', { noc, foc });
      const paused = await world.ticket('Pending', { noc, foc });
      await world.ticket('Closed', { noc, foc });
      const answer = await remove(foc.id);
      expect(answer.status).to.equal(409);
      expect(codeOf(answer)).to.equal('user/has-tickets');
      const listed = listAt(answer.body, 'error', 'details', 'tickets');
      expect(listed.map((ticket) => textAt(ticket, 'id')).sort()).to.deep.equal(
        [held, paused].sort(),
      );
      for (const ticket of listed)
        expect(textAt(ticket, 'ticketId')).to.match(/^TRB-\d{6}-\d{4,}$/);
      for (const id of [held, paused]) {
        await world.command(noc, id, 'ticketStatus/cancel', { cancelCategory: 'Other' });
      }
      expect((await remove(foc.id)).status).to.equal(200);
    });
  });

  describe('a person with work in progress', () => {
    const WAYS = {
      'is not deleted': ['DELETE', ''],
      'is not deactivated': ['PUT', '', { active: false }],
      'gets no other role': ['PUT', '', { role: 'NOC' }],
      'gets no other region': ['PUT', '', { region: 'East' }],
      'keeps the access to this desk': ['DELETE', '/access/cgs'],
      'keeps the access to the city services': ['DELETE', '/access/urban'],
      'stays active at the city services': [
        'PUT',
        '/access/urban',
        { permissions: [], active: false },
      ],
    } as const;
    type Way = keyof typeof WAYS;
    const LEAVES_CGS: readonly Way[] = [
      'is not deleted',
      'is not deactivated',
      'gets no other role',
      'gets no other region',
      'keeps the access to this desk',
    ];
    const LEAVES_URBAN: readonly Way[] = [
      'is not deleted',
      'is not deactivated',
      'keeps the access to the city services',
      'stays active at the city services',
    ];

    const attempt = (way: Way, id: string): Promise<Received> => {
      const [method, path, body] = WAYS[way];
      const sending = body === undefined ? { as: admin } : { as: admin, body };
      return world.call(method, `/v1/users/${id}${path}`, sending);
    };
    const listedIn = ({ body }: Received) => listAt(body, 'error', 'details', 'tickets');

    /** Somebody of both desks who can sign in. */
    const worker = async () => {
      const person = await accounts.person('FOC');
      const body = { permissions: [], active: true };
      await world.call('PUT', `/v1/users/${person.id}/access/urban`, { as: admin, body });
      return person;
    };
    /** The refusal names the work, and nothing has changed: the person can still sign in. */
    const expectRefusal = async (way: Way, person: Member, work: object): Promise<void> => {
      const before = await get(person.id);
      const answer = await attempt(way, person.id);
      expect([answer.status, codeOf(answer)]).to.deep.equal([409, 'user/has-tickets']);
      expect(listedIn(answer)).to.deep.equal([work]);
      expect(resultOf(await get(person.id))).to.deep.equal(resultOf(before));
      await accounts.signIn(person);
    };

    for (const way of LEAVES_CGS) {
      it(`of this desk ${way}`, async () => {
        const [noc, foc] = [await world.member('NOC'), await worker()];
        const id = await world.ticket('Accepted', { noc, foc });
        const ticketId = textAt(await world.read(noc, id), 'ticketId');
        await expectRefusal(way, foc, { desk: 'cgs', id, ticketId, title: ticketId });
        await world.command(noc, id, 'ticketStatus/cancel', { cancelCategory: 'Other' });
        expect((await attempt(way, foc.id)).status).to.equal(200);
      });
    }

    for (const way of LEAVES_URBAN) {
      it(`of the city services ${way}`, async () => {
        const [city, person] = [urbanWorld(api), await worker()];
        const crew = await city.crew();
        const id = await city.open(crew.citizen);
        await city.assign(crew.admin, id, person.id);
        const { title } = await city.there(id);
        await expectRefusal(way, person, { desk: 'urban', id, title });
        await city.setStatus(crew.admin, id, 'COMPLETED');
        expect((await attempt(way, person.id)).status).to.equal(200);
      });
    }

    it('of the city services may leave this desk, and the other way round', async () => {
      const [city, person] = [urbanWorld(api), await worker()];
      const crew = await city.crew();
      await city.assign(crew.admin, await city.open(crew.citizen), person.id);
      expect((await attempt('gets no other role', person.id)).status).to.equal(200);
      expect((await attempt('keeps the access to this desk', person.id)).status).to.equal(200);
      const [noc, foc] = [await world.member('NOC'), await worker()];
      await world.ticket('Accepted', { noc, foc });
      const answer = await attempt('keeps the access to the city services', foc.id);
      expect(answer.status).to.equal(200);
    });

    it('has at most 20 tickets listed', async () => {
      const [city, person] = [urbanWorld(api), await worker()];
      const crew = await city.crew();
      for (let n = 0; n < 21; n += 1) {
        await city.assign(crew.admin, await city.open(crew.citizen), person.id);
      }
      expect(listedIn(await remove(person.id))).to.have.length(20);
    });
  });
});
