import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { z } from 'zod';
import { KITS } from '../desks/kits.ts';
import type { Stage } from '../desks/stage.ts';
import { send, type Sending } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { type Case, nameOf, pathOf } from './matrix/case.ts';

const bill = z.object({ reads: z.number() });
const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** A POST that each desk refuses because of what it names, as long as nobody made it. */
const REFUSED = {
  cgs: { as: 'FOC', path: '/v1/tickets/no-such-ticket/ticketStatus/accept' },
  community: {
    as: 'RESIDENT',
    path: '/api/comentarios',
    body: { origen: 'ticket', idOrigen: '999999999', comentarioTexto: '¿Hola?' },
  },
  isp: {
    as: 'staff',
    path: '/api/v1/tickets/999999999/reply',
    body: { isp_id: 1, branch_id: 1, user_id: 1, message: 'Hello?' },
  },
} as const;

for (const { desk, stage: stageOf } of Object.values(KITS)) {
  describe(`in the corners of HTTP, the desk ${desk.name}`, function () {
    this.timeout(60_000);
    let api: TestApi;
    let stage: Stage;

    before(async () => {
      api = await startApi();
      stage = stageOf(api);
    });
    after(() => api.stop());

    const cases = desk.endpoints.map(
      (endpoint): Case => ({
        desk,
        endpoint,
        stage: () => stage,
        ask: () => Promise.reject(new Error('not used')),
      }),
    );
    const ask = (each: Case, sending: Sending = {}) =>
      send(api.url, each.endpoint.method.toUpperCase(), pathOf(each, {}), sending);

    it('reads nothing for somebody who must sign in, and says how to', async () => {
      for (const each of cases.filter(({ endpoint }) => endpoint.roles !== 'public')) {
        const answer = await ask(each);
        const { lines } = api.trafficOf(answer.headers.get('X-Request-Id'));
        expect(answer.status, nameOf(each)).to.equal(401);
        expect(answer.headers.get('WWW-Authenticate')).to.match(/^Bearer /);
        expect(bill.parse(lines[0]?.fields).reads, nameOf(each)).to.equal(0);
      }
    });

    it('refuses a body that is nested too deeply, before anybody has signed in', async () => {
      const withJson = ({ endpoint }: Case) =>
        endpoint.method !== 'get' && endpoint.consumes === undefined;
      for (const each of cases.filter(withJson)) {
        for (const depth of [33, 50_000]) {
          const answer = await ask(each, { raw: nested(depth) });
          expect(answer.status, `${nameOf(each)} ${depth}`).to.equal(400);
        }
      }
    });
  });
}

for (const [name, { as, path, ...rest }] of Object.entries(REFUSED)) {
  it(`a refusal of the desk ${name} is repeated in the same words and content type`, async () => {
    const api = await startApi();
    const kit = Object.values(KITS).find(({ desk }) => desk.name === name);
    const person = await kit?.stage(api).member(as);
    const sending = {
      ...(person && { as: person }),
      ...rest,
      headers: { 'Idempotency-Key': randomUUID() },
    };
    const [first, again] = [
      await send(api.url, 'POST', path, sending),
      await send(api.url, 'POST', path, sending),
    ];
    await api.stop();
    expect(first.status, first.text).to.equal(404);
    expect(again.headers.get('Idempotent-Replayed')).to.equal('true');
    expect(again.text).to.equal(first.text);
    expect(again.headers.get('Content-Type')).to.equal(first.headers.get('Content-Type'));
    expect(first.headers.get('Content-Type')).to.include(kit?.desk.failureType);
  });
}
