import { expect } from 'chai';
import { type BodyKind, JSON_BODY } from '../../../src/kernel/http/endpoint.ts';
import type { Received, Sending } from '../../support/client.ts';
import { wrongValues } from '../../support/json-schema.ts';
import {
  bodyOf,
  bodySchema,
  type Case,
  expectProblem,
  expectRefusal,
  sendAs,
  typeOf,
} from './case.ts';

const fieldsOf = (body: unknown): Record<string, unknown> =>
  typeof body === 'object' && body !== null ? { ...body } : {};

/** Every name and every text of a failure, because each desk lists wrong fields in its own form. */
const wordsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  return Object.entries(fieldsOf(value)).flatMap(([name, inner]) => [name, ...wordsIn(inner)]);
};

const expectNamed = (each: Case, answer: Received, field: string): void => {
  expectRefusal(each, answer, 400);
  const named = wordsIn(answer.body);
  expect(named.some((path) => path === field || path.startsWith(`${field}.`))).to.equal(true);
};

/** Bodies that the endpoint's schema refuses. */
const describeWrongFields = (each: Case): void => {
  const { properties = {}, required = [] } = bodySchema(each);
  const good = fieldsOf(bodyOf(each));

  for (const field of required) {
    it(`names the missing field ${field}`, async () => {
      const { [field]: _, ...body } = good;
      expectNamed(each, await sendAs(each, { body }), field);
    });
  }

  for (const [field, schema] of Object.entries(properties)) {
    it(`names ${field} when it has a wrong type or is out of bounds`, async () => {
      for (const value of wrongValues(schema)) {
        const body = { ...good, [field]: value };
        expectNamed(each, await sendAs(each, { body }), field);
      }
    });
  }

  it('names an unknown field, also one called __proto__ or constructor', async () => {
    for (const field of ['noSuchField', '__proto__', 'constructor']) {
      const json = JSON.stringify(good).replace('{', `{"${field}":{"a":1},`).replace(',}', '}');
      expectNamed(each, await sendAs(each, { raw: json }), field);
    }
  });

  it('refuses null, an array, a string, a number and a boolean in place of an object', async () => {
    for (const raw of ['null', '[]', '[{}]', '"text"', '7', 'true']) {
      expectRefusal(each, await sendAs(each, { raw }), 400);
    }
  });
};

/** Bodies of an endpoint that takes another type than JSON. */
const describeOther = (each: Case, consumes: BodyKind): void => {
  const type = typeOf(consumes);
  it(`takes nothing but ${type} and the like, up to its limit`, async () => {
    expectRefusal(each, await sendAs(each, { raw: '{}' }), 415);
    const raw = 'x'.repeat(consumes.limit + 1);
    expectRefusal(each, await sendAs(each, { raw, headers: { 'Content-Type': type } }), 413);
  });
};

/** Bodies that are no JSON, too large, or of another type. */
export const describeBodies = (each: Case): void => {
  const { method, consumes } = each.endpoint;
  if (method === 'get') return;
  if (consumes !== undefined) return describeOther(each, consumes);
  const refuses = async (status: number, sending: Sending) =>
    expectRefusal(each, await sendAs(each, sending), status);
  const good = JSON.stringify(fieldsOf(bodyOf(each)));

  describeWrongFields(each);

  it('refuses what is no JSON text', async () => {
    for (const raw of ['{', '{"a":1', 'undefined', "{'a':1}", '{"a":1}}', ' ', '{"a":"\\ud800"}']) {
      const answer = await sendAs(each, { raw });
      expectProblem(each, answer, 'request/malformed');
    }
  });

  it('takes no content type but JSON in UTF-8', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json; charset=latin1',
      'application/json; charset=utf-16',
      '',
    ]) {
      await refuses(415, { raw: good, headers: { 'Content-Type': type } });
    }
    await refuses(415, { raw: good, headers: { 'Content-Encoding': 'x-unknown' } });
  });

  it('refuses a body over 1 MB', async () => {
    await refuses(413, { raw: JSON.stringify({ remark: 'x'.repeat(JSON_BODY.limit) }) });
  });
};
