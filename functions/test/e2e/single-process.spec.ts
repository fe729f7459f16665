import { expect } from 'chai';
import { Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { type Child, startChild } from '../../../scripts/stack/child.ts';
import { bundleEnvironment } from '../../../scripts/stack/environment.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { PROJECT, startApi, type TestApi } from '../support/harness.ts';
import { textAt } from '../support/client.ts';
import { PHOTO } from '../support/sample-files.ts';
import { becoming } from './becoming.ts';

const listening = z.object({ port: z.number() });

/** Starts the API with its triggers on the store of this process; rejects when it ends instead. */
const startServer = async (): Promise<{ child: Child; url: string }> => {
  const lines: string[] = [];
  const child = startChild('stack/api-server.ts', {
    args: ['0'],
    env: { ...bundleEnvironment(), GCLOUD_PROJECT: PROJECT },
    onLine: (line) => lines.push(line),
  });
  const message = new Promise<unknown>((resolve) => child.onMessage(resolve));
  const ended = child.ended.then(() => Promise.reject(new Error(lines.join('\n'))));
  const { port } = listening.parse(await Promise.race([message, ended]));
  return { child, url: `http://127.0.0.1:${port}` };
};

describe('the API with its triggers in one process', function () {
  this.timeout(60_000);
  let plain: TestApi;
  let db: Firestore;
  let child: Child;
  let world: CgsWorld;
  let noc: Member;

  before(async () => {
    plain = await startApi();
    db = new Firestore({ projectId: PROJECT });
    const server = await startServer();
    ({ child } = server);
    world = cgsWorld({ ...plain, url: server.url });
    noc = await world.member('NOC');
  });
  after(async () => {
    await child.stop();
    await db.terminate();
    await plain.stop();
  });

  it('counts a new ticket among the figures', async () => {
    const id = await world.open(noc);
    const share = await becoming(db, `statsShares/${id}`, () => true);
    expect(share).to.include({ region: 'West', closedIn: null });
    const total = `stats/${share['month']}-West`;
    expect((await db.doc(total).get()).get('counters.tickets')).to.be.greaterThan(0);
  });

  it('makes the copy of a photo', async () => {
    const raw = PHOTO;
    const headers = { 'Content-Type': 'image/jpeg' };
    const answer = await world.call('POST', '/v1/media', { as: noc, raw, headers });
    const id = textAt(answer.body, 'data', 'result', 'id');
    await becoming(db, `media/${id}`, ({ state }) => state === 'ready');
    const copy = await world.call('GET', `/v1/media/${id}`, { as: noc });
    expect(copy.text).not.to.include('SecretCamera');
  });

  it('copies a client’s new name into their tickets, twice in a row', async () => {
    const client = await world.client();
    const id = await world.open(noc, { client: client.id });
    for (const name of ['Kedai Baru', 'Kedai Lama']) {
      const follows = becoming(db, `tickets/${id}`, (ticket) => ticket['client'].name === name);
      await db.doc(`clients/${client.id}`).update({ name });
      await follows;
    }
  });
});
