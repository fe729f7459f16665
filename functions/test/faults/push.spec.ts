import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { ZodError } from 'zod';
import { grants, removePerson } from '../../src/kernel/auth/grant.ts';
import { endSession, sessionOf } from '../../src/kernel/auth/session.ts';
import { followOwners } from '../../src/kernel/notify/follow-owners.ts';
import { inboxes, inboxItems, type Inbox, ownerOf } from '../../src/kernel/notify/inbox.ts';
import { pushQueue } from '../../src/kernel/notify/push.ts';
import { createPushSender } from '../../src/kernel/notify/push-sender.ts';
import type { DocKey } from '../../src/kernel/store/document.ts';
import { changePerson, personWith, type SignedIn, signInAgain } from '../desks/person.ts';
import { writeDevice, writeItem } from '../desks/notify-situations.ts';
import { type Fcm, type FcmAnswer, startFcm } from '../support/fcm.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { hookedStore, StoreError } from '../support/hooked-store.ts';
import { accessIn, alarmIn, alarmTrigger, DESK } from '../support/notices.ts';
import { createClock, type TestClock } from '../support/own-store.ts';

const GONE = { status: 404, error: { status: 'NOT_FOUND', message: '', code: 'UNREGISTERED' } };
const LATER = { status: 500, error: { status: 'INTERNAL', message: 'Internal error.' } };

describe('phones', function () {
  this.timeout(60_000);
  let api: TestApi;
  let fcm: Fcm;
  let clock: TestClock;
  let region: string;
  const answers = new Map<string, FcmAnswer>();

  before(async () => {
    fcm = await startFcm((token) => answers.get(token) ?? { status: 200 });
    clock = createClock(new Date());
    const log = { write: () => {} };
    api = await startApi({ now: clock.now, push: createPushSender(fcm.app, log) });
  });
  beforeEach(() => {
    region = randomUUID();
  });
  after(async () => {
    await api.stop();
    await fcm.stop();
  });

  /** Somebody of the region with devices, each with a token of its name. */
  const personWithDevices = async (...names: string[]) => {
    const person = await personWith(api, accessIn(region));
    const tokens = new Map<string, string>();
    for (const name of names) tokens.set(name, await writeDevice(api, person, name));
    return { ...person, token: (name: string) => tokens.get(name) ?? '' };
  };
  const inboxOf = async (uid: string) => {
    const key = inboxes.doc(uid);
    return api.runtime.store.get(key);
  };
  const devicesOf = async (uid: string) => Object.keys((await inboxOf(uid))?.data.devices ?? {});
  const choose = async (uid: string, more: Partial<Inbox>) => {
    const seen = await inboxOf(uid);
    if (seen !== undefined) await api.runtime.store.commit([inboxes.update(seen, more)]);
  };
  const rung = (token: string) =>
    fcm.requests.filter(({ message }) => message.token === token).length;
  const raise = () => alarmTrigger.handle(api.runtime, alarmIn(region));
  const raiseAndRing = async () => {
    await raise();
    await api.tasks.run();
  };

  it('ring in the language of their owners, all of them', async () => {
    const person = await personWithDevices('phone', 'tablet');
    await choose(person.id, { language: 'en' });
    await raiseAndRing();
    expect([rung(person.token('phone')), rung(person.token('tablet'))]).to.deep.equal([1, 1]);
    const sent = fcm.requests.find(({ message }) => message.token === person.token('phone'));
    expect(sent?.message.notification.body).to.equal('There is an alarm: smoke.');
    expect(sent?.message.data).to.include({ desk: DESK, kind: 'raised', collection: 'alarms' });
  });

  it('do not ring for who was withdrawn or deactivated after the notice', async () => {
    for (const change of [{ active: false }, { access: { [DESK]: { region, active: false } } }]) {
      const person = await personWithDevices('phone');
      await raise();
      await changePerson(api, person.id, change);
      await api.tasks.run();
      expect(rung(person.token('phone'))).to.equal(0);
    }
  });

  it('do not ring for who has turned the kind off, nor in quiet hours', async () => {
    const person = await personWithDevices('phone');
    await choose(person.id, { push: { [DESK]: { raised: false } } });
    await raiseAndRing();
    const hour = (hours: number) =>
      new Date(clock.now().getTime() + hours * 3_600_000).toISOString().slice(11, 16);
    const quietHours = { from: hour(-1), to: hour(1), zone: 'UTC' };
    await choose(person.id, { push: {}, quietHours });
    await raiseAndRing();
    expect(rung(person.token('phone'))).to.equal(0);
  });

  it('are forgotten when their token is dead', async () => {
    const person = await personWithDevices('phone', 'tablet');
    answers.set(person.token('phone'), GONE);
    await raiseAndRing();
    expect(await devicesOf(person.id)).to.deep.equal(['tablet']);
    const owner = ownerOf(person.token('phone'));
    expect(await api.runtime.store.get(owner)).to.equal(undefined);
  });

  it('that could not be reached ring later, and the others not again', async () => {
    const person = await personWithDevices('phone', 'tablet');
    answers.set(person.token('tablet'), LATER);
    await raiseAndRing();
    clock.forward(1);
    await api.tasks.run();
    answers.delete(person.token('tablet'));
    clock.forward(1);
    await api.tasks.run();
    clock.forward(1);
    await api.tasks.run();
    expect(rung(person.token('phone'))).to.equal(1);
    expect(rung(person.token('tablet'))).to.equal(3);
  });

  it('ring by a repeat of the task when none could be reached', async () => {
    const person = await personWithDevices('phone');
    answers.set(person.token('phone'), LATER);
    await raiseAndRing();
    expect(api.tasks.waiting().map(({ attempts }) => attempts)).to.deep.equal([1]);
    answers.delete(person.token('phone'));
    await api.tasks.run();
    expect(api.tasks.waiting()).to.deep.equal([]);
    expect(rung(person.token('phone'))).to.equal(2);
  });

  it('are given up after some minutes, which the log has', async () => {
    const person = await personWithDevices('phone', 'tablet');
    answers.set(person.token('tablet'), LATER);
    await raiseAndRing();
    // From the second round on there is only the one that can't be reached: its task is repeated.
    for (let minute = 0; minute < 40; minute += 1) {
      clock.forward(1);
      await api.tasks.run();
    }
    expect(api.tasks.waiting()).to.deep.equal([]);
    expect(api.lines.map(({ message }) => message)).to.include('a task was given up');
    answers.clear();
  });

  it('are given up after five rounds that reached some of them each', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `d${index}`);
    const person = await personWithDevices(...names);
    for (const name of names) answers.set(person.token(name), LATER);
    await raise();
    for (const name of names) {
      answers.delete(person.token(name));
      await api.tasks.run();
      clock.forward(1);
    }
    expect(api.tasks.waiting()).to.deep.equal([]);
    // The first one at once, and one more in each round.
    expect(names.map((name) => rung(person.token(name)))).to.deep.equal([1, 2, 3, 4, 5, 6, 6, 6]);
    expect(api.lines.map(({ message }) => message)).to.include('a push was given up');
    answers.clear();
  });

  it('do not ring again because a dead one could not be forgotten', async () => {
    const person = await personWithDevices('phone', 'tablet');
    answers.set(person.token('phone'), GONE);
    await raise();
    const [task] = api.tasks.waiting();
    const handle = pushQueue.handlingOf(task?.data);
    if (handle instanceof ZodError) throw handle;
    const commit = () => Promise.reject(new StoreError(3, 'the store is down'));
    const runtime = { ...api.runtime, store: hookedStore(api.runtime.store, { commit }) };
    await handle(runtime, { id: 'push', attempt: 1, isLast: false });
    expect(rung(person.token('tablet'))).to.equal(1);
    expect(await devicesOf(person.id)).to.have.length(2);
    await api.tasks.run();
    expect(await devicesOf(person.id)).to.deep.equal(['tablet']);
    answers.clear();
  });

  const ended = async (person: SignedIn, end: () => Promise<void>): Promise<void> => {
    const key = grants.doc(person.id);
    const before = (await api.runtime.store.get(key))?.data;
    await end();
    const after = (await api.runtime.store.get(key))?.data;
    await followOwners.handle(api.runtime, { id: person.id, before, after });
  };

  it('are forgotten when their session is ended, and not when it runs out', async () => {
    const person = await personWithDevices('phone');
    const tablet = await signInAgain(api, person.id);
    await writeDevice(api, tablet, 'tablet');
    const session = sessionOf(tablet.cookie);
    if (session === undefined) throw new Error('no session');
    await ended(person, () => endSession(api.runtime, api.runtime.store, session));
    expect(await devicesOf(person.id)).to.deep.equal(['phone']);
    clock.forward(13 * 60);
    await ended(person, async () => void (await signInAgain(api, person.id)));
    expect(await devicesOf(person.id)).to.deep.equal(['phone']);
  });

  it('and the inbox are gone with the person, and stay for one who is there again', async () => {
    const [person, kept] = [await personWithDevices('phone'), await personWithDevices('phone')];
    const items = await Promise.all(
      Array.from({ length: 3 }, () => writeItem(api, person.id, DESK)),
    );
    const { store } = api.runtime;
    const key = grants.doc(person.id);
    const seen = await store.get(key);
    if (seen === undefined) throw new Error('nobody is there');
    await ended(person, () => store.commit(removePerson(seen)));
    expect(await inboxOf(person.id)).to.equal(undefined);
    const keys: DocKey<unknown>[] = [
      ...items.map((id) => inboxItems.of(person.id).doc(id)),
      ownerOf(person.token('phone')),
    ];
    const reads = await store.load(keys);
    expect(keys.filter((each) => reads.get(each) !== undefined)).to.deep.equal([]);
    await followOwners.handle(api.runtime, {
      id: kept.id,
      before: kept.person,
      after: undefined,
    });
    expect(await devicesOf(kept.id)).to.deep.equal(['phone']);
  });
});
