import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { openApiOf } from '../../src/kernel/http/openapi.ts';
import { personWith } from '../desks/person.ts';
import { lostProperty } from '../fifth-desk/lost-property.ts';
import { at, send, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';

describe('a fifth desk, made of the kernel’s exports alone', () => {
  let api: TestApi;
  let finder: { cookie: string };
  let keeper: { cookie: string };

  before(async () => {
    api = await startApi({}, [lostProperty]);
    const access = (role: string) => ({ 'lost-property': { role, active: true } });
    finder = await personWith(api, access('Finder'));
    keeper = await personWith(api, access('Keeper'));
  });

  after(() => api.stop());

  const handIn = () =>
    send(api.url, 'POST', '/lost/items', { as: finder, body: { what: 'A key' } });

  it('numbers items that many people hand in concurrently without a gap', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, handIn));
    const numbers = answers.map(({ body }) => Number(at(body, 'number'))).sort((a, b) => a - b);
    const [first = 0] = numbers;
    expect(numbers).to.deep.equal(Array.from({ length: 20 }, (_, index) => first + index));
  });

  it('gives an item back once, however many try at once', async () => {
    const id = textAt((await handIn()).body, 'id');
    const path = `/lost/items/${id}/return`;
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => send(api.url, 'POST', path, { as: keeper })),
    );
    expect(answers.map(({ status }) => status)).to.have.members([200, 409, 409, 409, 409]);
  });

  it('repeats an answer for the same Idempotency-Key', async () => {
    const sending = {
      as: finder,
      body: { what: 'A glove' },
      headers: { 'Idempotency-Key': randomUUID() },
    };
    const first = await send(api.url, 'POST', '/lost/items', sending);
    const second = await send(api.url, 'POST', '/lost/items', sending);
    expect(second.body).to.deep.equal(first.body);
    expect(second.headers.get('Idempotent-Replayed')).to.equal('true');
  });

  it('lists in pages and filters', async () => {
    await Promise.all([handIn(), handIn()]);
    const path = '/lost/items?limit=2&status=Kept';
    const page = await send(api.url, 'GET', path, { as: keeper });
    expect(at(page.body, 'items')).to.have.length(2);
    const cursor = textAt(page.body, 'page', 'nextCursor');
    const next = await send(api.url, 'GET', `${path}&cursor=${cursor}`, { as: keeper });
    expect(next.status).to.equal(200);
  });

  it('refuses with its own messages: no session, another role, no access, a wrong field', async () => {
    const stranger = await personWith(api, {});
    const asked = [
      await send(api.url, 'POST', '/lost/items', { body: { what: 'A key' } }),
      await send(api.url, 'POST', '/lost/items', { as: keeper, body: { what: 'A key' } }),
      await send(api.url, 'GET', '/lost/items', { as: stranger }),
      await send(api.url, 'POST', '/lost/items', { as: finder, body: { what: '' } }),
      await send(api.url, 'DELETE', '/lost/items', { as: finder }),
    ];
    expect(asked.map(({ status }) => status)).to.deep.equal([401, 403, 403, 400, 405]);
    for (const { body } of asked) expect(body).to.have.all.keys('code', 'message', 'requestId');
  });

  it('tells its people who they are', async () => {
    const me = await send(api.url, 'GET', '/lost/me', { as: keeper });
    expect(me.body).to.include({ role: 'Keeper', name: 'Somebody' });
    expect(at(me.body, 'access')).to.deep.equal({ role: 'Keeper', active: true });
  });

  it('has its OpenAPI document', () => {
    const { paths = {} } = openApiOf(lostProperty, '1.0.0');
    expect(paths).to.include.keys('/lost/items', '/lost/items/{id}/return', '/lost/login');
  });
});
