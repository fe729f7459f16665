import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { withoutSecrets } from '../../../src/kernel/audit/left-out.ts';
import { alternatives } from '../../support/json-schema.ts';
import { bodyOf, bodySchema, type Case, expectRefusal, sendSample } from './case.ts';

/** A text field that accepts any text; changing it changes the body. */
const freeText = (each: Case): string | undefined =>
  Object.entries(bodySchema(each).properties ?? {}).find(([, schema]) =>
    alternatives(schema).some(
      ({ type, ...narrowed }) =>
        type === 'string' &&
        narrowed.format === undefined &&
        narrowed.pattern === undefined &&
        narrowed.enum === undefined &&
        narrowed.const === undefined,
    ),
  )?.[0];

/** A response as its repeat has it: the secrets in it were shown once. */
const repeated = (text: string): string => JSON.stringify(JSON.parse(text), withoutSecrets);

/** What a POST promises of its `Idempotency-Key`. */
export const describeIdempotency = (each: Case): void => {
  const { endpoint, stage } = each;
  const { cost, method, roles, sample, status } = endpoint;
  if (method !== 'post' || roles === 'public') return;

  it('repeats its first answer to the same key, at one more read and write', async () => {
    const scene = await stage().bring(sample.given);
    const headers = { 'Idempotency-Key': randomUUID() };
    const first = await sendSample(each, scene, { headers });
    expect(first.status, first.text).to.equal(status);
    expect(first.headers.get('Idempotent-Replayed')).to.equal(null);
    expect({ reads: first.reads - 1, writes: first.writes - 1 }).to.deep.equal(cost);
    const again = await sendSample(each, scene, { headers });
    expect(again.text).to.equal(repeated(first.text));
    expect(again.status).to.equal(first.status);
    expect(again.headers.get('Idempotent-Replayed')).to.equal('true');
    expect(again.writes).to.equal(0);
  });

  const field = freeText(each);
  if (field !== undefined) {
    it('refuses the same key with another body', async () => {
      const scene = await stage().bring(sample.given);
      const headers = { 'Idempotency-Key': randomUUID() };
      await sendSample(each, scene, { headers });
      const body = { ...Object(bodyOf(each, scene.words)), [field]: 'Other words.' };
      const other = await sendSample(each, scene, { headers, body });
      expectRefusal(each, other, 422);
      expect(other.writes).to.equal(0);
    });
  }

  it('refuses a key that is empty, too long or not printable', async () => {
    const scene = await stage().bring(sample.given);
    for (const key of ['', 'k'.repeat(256), 'with\ttab', 'ümlaut']) {
      const headers = { 'Idempotency-Key': key };
      expectRefusal(each, await sendSample(each, scene, { headers }), 400);
    }
  });

  it('takes a key of 255 characters', async () => {
    const scene = await stage().bring(sample.given);
    const headers = { 'Idempotency-Key': randomUUID().padEnd(255, 'k') };
    expect((await sendSample(each, scene, { headers })).status).to.equal(status);
  });
};
