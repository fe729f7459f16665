import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { Store } from '../../../src/kernel/store/store.ts';
import { entriesOf, uidOf } from '../../support/audit-entries.ts';
import { type Case, expectRefusal, pathOf, sendSample } from './case.ts';

const ADDRESS = '203.0.113.9';

/** What an endpoint with `audit` promises of the audit log. */
export const describeAudit = (each: Case, store: () => Store): void => {
  const { desk, endpoint, stage, ask } = each;
  const { audit: kind, method, path, sample } = endpoint;
  if (kind === undefined) return;

  it('logs once who changed what, when and from where, without a secret', async () => {
    const scene = await stage().bring(sample.given);
    const as = scene.as(sample.as);
    const headers = { 'X-Forwarded-For': ADDRESS, 'Idempotency-Key': randomUUID() };
    const started = new Date();
    const entries = await entriesOf(store(), async () => {
      const answer = await sendSample(each, scene, { headers });
      expect(answer.status, answer.text).to.equal(endpoint.status);
      if (method === 'post') await sendSample(each, scene, { headers });
    });
    expect(entries).to.have.length(1);
    const [entry] = entries;
    expect(entry).to.deep.include({
      address: ADDRESS,
      desk: desk.name,
      kind,
      action: `${method.toUpperCase()} ${desk.base}${path}`,
      isCut: false,
    });
    expect(entry?.by.id).to.equal(uidOf(as));
    expect(entry?.by.name).to.be.a('string');
    expect(entry?.at).to.be.within(started, new Date());
    expect(entry?.subject).to.equal(entry?.documents[0]?.path);
    if (path.endsWith('/:id'))
      expect(entry?.subject).to.match(new RegExp(`/${scene.params['id']}$`));
    const text = JSON.stringify(entry);
    for (const secret of [as.cookie, as.token, Object(sample.body).password]) {
      if (typeof secret === 'string') expect(text).not.to.include(secret);
    }
  });

  it('logs nothing of a request that is refused', async () => {
    const scene = await stage().bring(sample.given);
    const entries = await entriesOf(store(), async () => {
      expectRefusal(each, await sendSample(each, scene, { as: {} }), 401);
      const other = await ask(method.toUpperCase(), pathOf(each, {}), {
        as: scene.as(sample.as),
        body: { noSuchField: 1 },
      });
      expect(other.status).to.be.within(400, 499);
      if (!path.includes(':id')) return;
      const unknown = await sendSample(each, { ...scene, params: {} });
      expect(unknown.status, unknown.text).to.be.within(400, 499);
    });
    expect(entries).to.deep.equal([]);
  });
};
