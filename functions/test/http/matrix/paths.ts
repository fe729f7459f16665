import { expect } from 'chai';
import { inputSchema, wrongValues } from '../../support/json-schema.ts';
import {
  bodyOf,
  type Case,
  carried,
  expectRefusal,
  paramsOf,
  pathOf,
  sendAs,
  unknownId,
} from './case.ts';

const IMPOSSIBLE = [
  '..',
  '.',
  '%2e%2e',
  'a%2Fb',
  '%2Fetc%2Fpasswd',
  '..%2F..%2Fusers',
  'x'.repeat(2000),
  '%E2%9C%93',
  '%00',
  'a%20b',
  "'%20or%201=1",
  '%zz',
  '__x__',
  '__name__',
];

const BAD_CURSORS = [
  'x',
  '%21%21',
  'bnVsbA', // null
  'e30', // {}
  'W10', // []
  'WyJhIl0', // ["a"]
  'WyJhIiwiYiIsImMiXQ', // ["a","b","c"]
  'WyJhIiwxXQ', // ["a",1]
  'WyJhIiwiIl0', // ["a",""]
  'WyJhIiwiYS9iIl0', // ["a","a/b"]
  'WyJhIiwiX194X18iXQ', // ["a","__x__"]
  'W3siZGF0ZSI6IjAwMDAtMDEtMDFUMDA6MDA6MDBaIn0sImEiXQ', // [{"date":"0000-01-01T00:00:00Z"},"a"]
  'W1tdLCJhIl0', // [[],"a"]
  'x'.repeat(1025),
];

/** Ids and queries that are wrong or name nothing. */
export const describePaths = (each: Case): void => {
  const { endpoint, stage, ask } = each;
  const { method, roles, sample } = endpoint;
  const sending = carried(endpoint, bodyOf(each));

  for (const name of paramsOf(endpoint)) {
    it(`answers 404 for a ${name} that cannot exist`, async () => {
      const as = roles === 'public' ? {} : await stage().member(sample.as);
      for (const id of IMPOSSIBLE) {
        const path = pathOf(each, { ...sample.params, [name]: id });
        expectRefusal(each, await ask(method.toUpperCase(), path, { as, ...sending }), 404);
      }
    });

    if (endpoint.upserts) continue;
    it(`answers 404 for an unknown ${name}`, async () => {
      const scene = await stage().bring(sample.given);
      const params = { ...scene.params, ...sample.params, [name]: unknownId(endpoint, name) };
      const answer = await ask(method.toUpperCase(), pathOf(each, params, sample.query), {
        as: scene.as(sample.as),
        ...sending,
      });
      expectRefusal(each, answer, 404);
    });
  }

  it('names an unknown query parameter', async () => {
    expectRefusal(each, await sendAs(each, sending, 'noSuchParameter=1'), 400);
    expectRefusal(each, await sendAs(each, sending, '__proto__=1'), 400);
  });

  const { properties = {} } = inputSchema(endpoint.input.query);
  for (const [name, schema] of Object.entries(properties)) {
    it(`refuses the parameter ${name} when it is wrong or sent twice`, async () => {
      const wrong = wrongValues(schema).filter((value) => typeof value === 'string');
      const named = {
        limit: ['0', '101', '-1', '1.5', 'x'],
        cursor: BAD_CURSORS,
        from: ['yesterday'],
        to: ['yesterday'],
      };
      const values =
        Object.entries(named).find(([key]) => key === name)?.[1] ??
        wrong.filter((value) => value !== '').map((value) => encodeURIComponent(value));
      // Which cursors fit is known only once the list is there.
      const scene = name === 'cursor' ? await stage().bring(sample.given) : undefined;
      const sent = { ...sending, ...(scene && { as: scene.as(sample.as) }) };
      for (const value of values) {
        expectRefusal(each, await sendAs(each, sent, `${name}=${value}`, scene?.params), 400);
      }
      expectRefusal(each, await sendAs(each, sending, `${name}=a&${name}=b`), 400);
      expect(values).not.to.have.length(0);
    });
  }
};
