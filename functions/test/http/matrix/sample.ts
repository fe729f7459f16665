import { expect } from 'chai';
import type { Endpoint } from '../../../src/kernel/http/endpoint.ts';
import { at, type Received } from '../../support/client.ts';
import { documentedAnswer } from '../../support/openapi.ts';
import { type Case, expectRefusal, nameOf, sendSample } from './case.ts';

/** The number of rows of a list, of all groups of a list, or of a CSV below its header. */
export const rowsIn = ({ body, text }: Received): number => {
  const groups = Object.values(Object(body));
  if (groups.length > 0 && groups.every(Array.isArray)) return groups.flat().length;
  const rows =
    body === undefined
      ? text.trimEnd().split('\n').slice(1)
      : [at(body, 'data', 'result'), at(body, 'data'), body].find(Array.isArray);
  return Array.isArray(rows) ? rows.length : 0;
};

/** How many documents the endpoint says that it reads for this answer. */
export const declaredReads = ({ cost }: Endpoint, answer: Received): number =>
  typeof cost.reads === 'number' ? cost.reads : cost.reads(rowsIn(answer));

/** The request that the endpoint gives as its example. */
export const describeSample = (each: Case): void => {
  const { desk, endpoint, stage } = each;
  const { output, produces, status, cost, sample } = endpoint;

  it('answers its sample as declared, at the declared cost', async () => {
    const answer = await sendSample(each, await stage().bring(sample.given));
    expect(answer.status, answer.text).to.equal(status);
    const type = answer.headers.get('Content-Type')?.split(';')[0];
    expect([produces ?? 'application/json'].flat()).to.include(type);
    if (produces === undefined) {
      const envelope = desk.successSchema(status, output);
      expect(envelope.parse(answer.body), 'the declared schema').to.deep.equal(answer.body);
      const documented = documentedAnswer(desk, endpoint, status).safeParse(answer.body);
      expect(documented.error?.issues, 'the OpenAPI document').to.equal(undefined);
    }
    expect({ reads: answer.reads, writes: answer.writes }).to.deep.equal({
      reads: declaredReads(endpoint, answer),
      writes: cost.writes,
    });
  });

  if (endpoint.method === 'get') {
    it('answers HEAD as GET, without the body', async () => {
      const scene = await stage().bring(sample.given);
      const head = await sendSample(
        { ...each, ask: (_, ...rest) => each.ask('HEAD', ...rest) },
        scene,
      );
      expect(head.status).to.equal(status);
      expect(head.text).to.equal('');
      // The length of a stream is not known in advance.
      if (produces === undefined) {
        expect(head.headers.get('Content-Type')).to.match(/^\w+\/\w+/);
      }
    });
  }

  if (endpoint.roles !== 'public') {
    it('does not accept a session in a cookie of another name', async () => {
      const scene = await stage().bring(sample.given);
      const { cookie = '' } = scene.as(sample.as);
      const headers = { Cookie: `session=${cookie}` };
      expectRefusal(each, await sendSample(each, scene, { as: {}, headers }), 401);
    });
  }

  if (endpoint.roles !== 'public') {
    it('takes the session by Firebase Hosting’s cookie as well', async () => {
      const scene = await stage().bring(sample.given);
      const { cookie = '' } = scene.as(sample.as);
      const headers = { Cookie: `__session=${cookie}` };
      const answer = await sendSample(each, scene, { as: {}, headers });
      expect(answer.status, `${nameOf(each)} ${answer.text}`).to.equal(status);
    });
  }
};
