import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { AuditEntry } from '../../src/kernel/audit/collection.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { type MasterWorld, masterWorld } from '../desks/cgs/master-world.ts';
import { communityWorld } from '../desks/community/world.ts';
import { KITS } from '../desks/kits.ts';
import { accountsOf, mailedCodes, PASSWORD } from '../support/accounts.ts';
import { entriesOf } from '../support/audit-entries.ts';
import { at, listAt, type Received, send, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { createClock, ownRuntime, type TestClock } from '../support/own-store.ts';
import { nameOf } from './matrix/case.ts';

const OWN_LOG = 'is in the log of its ticket, with its author and time';
const AUTHOR = 'what it creates has its author and time, and can be changed only by who is logged';
const SESSION = 'signs in or out, of which the sign-in itself is told';
const OWN = 'is about how the caller alone is notified';

/** What every desk has, below its own base. */
const OF_EVERY_DESK = {
  'POST /login': SESSION,
  'POST /logout': SESSION,
  'DELETE /me/sessions': SESSION,
  'DELETE /me/sessions/:sid': SESSION,
  'POST /me/inbox/read-all': OWN,
  'POST /me/inbox/:id/read': OWN,
  'PUT /me/devices/:id': OWN,
  'DELETE /me/devices/:id': OWN,
  'PUT /me/notifications': OWN,
  'POST /password-reset': 'only sends a mail',
  'POST /media': 'the upload says who sent it and when; what names it is logged',
  'POST /password-reset/confirm': 'logs itself, as by the owner of the account',
} as const;

/** Every endpoint that changes something and has no `audit`, and why. */
const NOT_LOGGED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.values(KITS).flatMap(({ desk: { base } }) =>
      Object.entries(OF_EVERY_DESK).map(([name, why]) => [name.replace(' ', ` ${base}`), why]),
    ),
  ),
  'POST /v1/tickets': OWN_LOG,
  'POST /v1/tickets/bulk': OWN_LOG,
  'POST /v1/tickets/:id/publish': OWN_LOG,
  'POST /v1/tickets/:id/ticketStatus/accept': OWN_LOG,
  'POST /v1/tickets/:id/assign': OWN_LOG,
  'POST /v1/tickets/:id/reassign': OWN_LOG,
  'POST /v1/tickets/:id/ticketStatus/onTheWay': OWN_LOG,
  'POST /v1/tickets/:id/ticketStatus/checkedIn': OWN_LOG,
  'POST /v1/tickets/:id/ticketStatus/pending': OWN_LOG,
  'POST /v1/tickets/:id/ticketStatus/resume': OWN_LOG,
  'POST /v1/tickets/:id/ticketStatus/cancel': OWN_LOG,
  'POST /v1/tickets/:id/taskStatus/checking': OWN_LOG,
  'POST /v1/tickets/:id/taskStatus/pullingCable': OWN_LOG,
  'POST /v1/tickets/:id/taskStatus/jointing': OWN_LOG,
  'POST /v1/tickets/:id/taskStatus/tidying': OWN_LOG,
  'POST /v1/tickets/:id/taskStatus/linkChecking': OWN_LOG,
  'POST /v1/tickets/:id/taskStatus/finishing': OWN_LOG,
  'POST /v1/tickets/:id/validate/:evidenceId/:approved': OWN_LOG,
  'POST /v1/tickets/:id/notes': OWN_LOG,
  'POST /v1/incidents': AUTHOR,
  'POST /v1/incidents/:id/notes': AUTHOR,
  'POST /v1/incidents/:id/tickets': OWN_LOG,
  'DELETE /v1/incidents/:id/tickets/:ticketId': OWN_LOG,
  'POST /v1/incidents/:id/open-tickets': 'each ticket that it opens has its author and time',
  'POST /v1/incidents/:id/close': 'the incident says for ever who closed it, when and how',
  'POST /api/tickets': AUTHOR,
  'POST /api/comentarios': AUTHOR,
  'POST /api/v1/tickets': AUTHOR,
  'POST /api/v1/tickets/:id/reply': AUTHOR,
  'POST /api/urban/tickets': AUTHOR,
  'PATCH /api/urban/tickets/:id/notes': AUTHOR,
};

describe('the audit log', () => {
  it('has every change but those that leave their own trace', () => {
    const changing = Object.values(KITS).flatMap(({ desk }) =>
      desk.endpoints
        .filter(({ method, audit }) => method !== 'get' && audit === undefined)
        .map((endpoint) => nameOf({ desk, endpoint })),
    );
    expect(changing.toSorted()).to.deep.equal(Object.keys(NOT_LOGGED).toSorted());
  });
});

describe('an entry of the audit log', () => {
  let api: TestApi;
  let world: CgsWorld;
  let master: MasterWorld;
  let admin: Member;

  before(async () => {
    api = await startApi();
    world = cgsWorld(api);
    master = masterWorld(api, world);
    admin = await world.member('SuperAdmin');
  });
  after(() => api.stop());

  const entriesFor = (method: string, path: string, body?: object) =>
    entriesOf(api.runtime.store, async () => {
      const answer = await world.call(method, path, { as: admin, ...(body && { body }) });
      expect(answer.status, answer.text).to.be.below(300);
    });
  const fieldsOf = (entries: readonly AuditEntry[]) => entries[0]?.documents[0]?.fields;
  const point = () => ({ name: `P ${randomUUID()}`, coordinate: '-6.9147,107.6098' });

  it('of an edited ticket names the edited fields, and not the ticket’s own log', async () => {
    const id = await world.open(await world.member('NOC'));
    const entries = await entriesFor('PUT', `/v1/tickets/${id}`, { remark: 'Ring twice.' });
    expect(entries[0]).to.include({ kind: 'ticket', subject: `tickets/${id}` });
    expect(entries[0]?.title).to.match(/^TRB-/);
    expect(fieldsOf(entries)).to.deep.equal([{ field: 'remark', from: null, to: 'Ring twice.' }]);
  });

  it('of a deleted record has what it was', async () => {
    const body = point();
    const id = await master.add(admin, 'pops', body);
    const entries = await entriesFor('DELETE', `/v1/pops/${id}`);
    expect(entries[0]).to.include({ subject: `pops/${id}`, title: body.name });
    expect(fieldsOf(entries)).to.deep.equal([
      { field: 'name', from: body.name, to: null },
      { field: 'coordinate', from: body.coordinate, to: null },
    ]);
  });

  it('of a new password says that there is one, and nothing of it', async () => {
    const { id } = await accountsOf(api, world).person('FOC');
    const password = 'another-horse-8';
    const body = { password, rePassword: password };
    const entries = await entriesFor('PUT', `/v1/users/${id}`, body);
    expect(fieldsOf(entries)?.map(({ field }) => field)).to.include.members(['password']);
    expect(JSON.stringify(entries)).not.to.include(password);
    expect(JSON.stringify(entries)).not.to.include(PASSWORD);
  });

  it('of a password that is set by a mail names its owner, and nothing of it', async () => {
    const person = await accountsOf(api, world).person('FOC');
    await api.runtime.accounts.sendPasswordReset(person.email);
    const [code] = await mailedCodes(person.email);
    const body = { code, newPassword: 'other-horse-8' };
    const [entry, ...others] = await entriesOf(api.runtime.store, async () => {
      await world.call('POST', '/v1/password-reset/confirm', { body });
    });
    expect(others).to.deep.equal([]);
    expect(entry).to.include({ action: 'password reset', subject: `grants/${person.id}` });
    expect(entry?.by).to.include({ id: person.id, email: person.email });
    expect(JSON.stringify(entry)).not.to.include('other-horse-8').and.not.to.include(code);
  });

  it('is there for each record of an import, and for none that stayed as it was', async () => {
    const [kept, ...others] = Array.from({ length: 3 }, point);
    await master.add(admin, 'pops', kept ?? {});
    const rows = [kept, ...others].map((each) => `${each?.name},"${each?.coordinate}"`);
    const entries = await entriesOf(api.runtime.store, async () => {
      const csv = `name,coordinate\n${rows.join('\n')}\n`;
      expect((await master.importCsv(admin, 'pops', csv)).status).to.equal(200);
    });
    const titles = others.map(({ name }) => name);
    expect(entries.map(({ title }) => title)).to.have.members(titles);
    for (const { action, documents } of entries) {
      expect(action).to.equal('POST /v1/pops/import');
      expect(documents).to.have.length(1);
    }
  });
});

describe('GET /v1/audit', () => {
  const START = new Date('2026-11-02T02:00:00.000Z');
  let clock: TestClock;
  let api: TestApi;
  let world: CgsWorld;
  let admin: Member;
  let other: Member;
  let area: string;

  before(async () => {
    clock = createClock(START);
    api = await startApi({ store: ownRuntime().runtime.store, now: clock.now });
    world = cgsWorld(api);
    admin = await world.member('SuperAdmin');
    other = await world.member('SuperAdmin');
    area = (await world.area()).id;
    const company = await communityWorld(api).member('SYSTEM_ADMIN');
    // A minute each: two edits of an area, one of the settings, one of another desk.
    await change('PUT', `/v1/areas/${area}`, { as: admin, body: { name: 'CIMAHI' } });
    await change('PUT', `/v1/areas/${area}`, { as: other, body: { name: 'BANDUNG' } });
    const body = { Dedicated: { Trouble: 200, Maintenance: 480 } };
    await change('PUT', '/v1/settings/sla', { as: admin, body });
    await change('POST', '/api/companies', { as: company, body: { name: 'Norte' } });
  });
  after(() => api.stop());

  const change = async (...[method, path, sending]: [string, string, object]) => {
    clock.forward(1);
    const answer = await send(api.url, method, path, sending);
    expect(answer.status, answer.text).to.be.below(300);
  };
  const ask = (query: string) => world.call('GET', `/v1/audit?${query}`, { as: admin });
  const actionsIn = ({ status, text, body }: Received) => {
    expect(status, text).to.equal(200);
    return listAt(body, 'data', 'result').map((entry) => textAt(entry, 'action'));
  };

  const COMPANY = 'POST /api/companies';
  const SLA = 'PUT /v1/settings/sla';
  const AREA = 'PUT /v1/areas/:id';

  it('lists the changes of every desk, newest first, with what changed', async () => {
    const answer = await ask('');
    expect(actionsIn(answer)).to.deep.equal([COMPANY, SLA, AREA, AREA]);
    const [last] = listAt(answer.body, 'data', 'result').slice(2);
    expect(last).to.deep.include({
      at: '2026-11-02T02:02:00.000Z',
      by: { id: other.id, name: 'SuperAdmin West', email: other.email },
      subject: `areas/${area}`,
      title: 'BANDUNG',
    });
    expect(at(last, 'documents', 0, 'fields', 0)).to.deep.equal({
      field: 'name',
      from: 'CIMAHI',
      to: 'BANDUNG',
    });
  });

  it('finds them by person, kind, desk, document and time, in any combination', async () => {
    const found = async (query: string) => actionsIn(await ask(query));
    expect(await found(`person=${admin.id}`)).to.deep.equal([SLA, AREA]);
    expect(await found('kind=settings')).to.deep.equal([SLA]);
    expect(await found('desk=community')).to.deep.equal([COMPANY]);
    expect(await found(`subject=areas/${area}`)).to.deep.equal([AREA, AREA]);
    expect(await found('from=2026-11-02T02:03:00Z')).to.deep.equal([COMPANY, SLA]);
    expect(await found('to=2026-11-02T02:02:00Z')).to.deep.equal([AREA, AREA]);
    expect(await found('from=2026-11-03')).to.deep.equal([]);
    const one = `person=${other.id}&kind=masterData&desk=cgs&subject=areas/${area}&to=2026-11-02`;
    expect(await found(one)).to.deep.equal([AREA]);
  });

  it('comes in pages', async () => {
    const first = await ask('limit=3');
    expect(actionsIn(first)).to.deep.equal([COMPANY, SLA, AREA]);
    const cursor = textAt(first.body, 'data', 'page', 'nextCursor');
    const second = await ask(`limit=3&cursor=${cursor}`);
    expect(actionsIn(second)).to.deep.equal([AREA]);
    expect(at(second.body, 'data', 'page', 'nextCursor')).to.equal(null);
  });

  it('is there as CSV with the same filters, each change a line of its cell', async () => {
    const path = `/v1/audit/export?subject=areas/${area}&person=${other.id}`;
    const { text } = await world.call('GET', path, { as: admin });
    expect(text.trimEnd().split('\n')).to.deep.equal([
      'at,personId,person,email,address,desk,kind,action,subject,title,changes,isCut',
      `2026-11-02T02:02:00.000Z,${other.id},SuperAdmin West,${other.email},127.0.0.1,cgs,masterData,` +
        `${AREA},areas/${area},BANDUNG,areas/${area} name: CIMAHI → BANDUNG,false`,
    ]);
  });

  it('has sign-ins and their refusals, which name no more than what was sent', async () => {
    const accounts = accountsOf(api, world);
    const person = await accounts.person('FOC');
    await accounts.signIn(person);
    clock.forward(1);
    await accounts.login(person.email, 'wrong-password');
    clock.forward(1);
    await accounts.login(`nobody.${person.id}@crewline.test`, 'wrong-password');
    const { body } = await ask('kind=signIn');
    const seen = listAt(body, 'data', 'result').map((entry) => [
      at(entry, 'action'),
      at(entry, 'by', 'id'),
      at(entry, 'by', 'email'),
      at(entry, 'subject'),
    ]);
    expect(seen).to.deep.equal([
      ['sign-in refused', null, `nobody.${person.id}@crewline.test`, null],
      ['sign-in refused', null, person.email, null],
      ['sign-in', person.id, person.email, `grants/${person.id}`],
    ]);
    expect(JSON.stringify(body)).not.to.include('wrong-password');
  });
});
