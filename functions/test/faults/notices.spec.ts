import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { createPerson, type Grant, newPerson } from '../../src/kernel/auth/grant.ts';
import { inboxes, inboxItems, type Inbox, NEW_INBOX } from '../../src/kernel/notify/inbox.ts';
import { itemIdOf } from '../../src/kernel/notify/deliver.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import type { Store } from '../../src/kernel/store/store.ts';
import type { Written } from '../../src/kernel/store/trigger.ts';
import { deliveries, webhooks } from '../../src/kernel/webhooks/collection.ts';
import { personWith, type SignedIn } from '../desks/person.ts';
import { writeDevice } from '../desks/notify-situations.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { hookedStore, StoreError } from '../support/hooked-store.ts';
import { newWebhook } from '../support/new-webhook.ts';
import { accessIn, alarmIn, alarmTrigger, DESK } from '../support/notices.ts';
import { leavesUnsound } from '../support/written-data.ts';

/** Firestore's UNAVAILABLE. */
const UNAVAILABLE = 14;

describe('the delivery of notices', function () {
  this.timeout(60_000);
  let api: TestApi;
  let region: string;

  before(async () => {
    api = await startApi();
  });
  beforeEach(() => {
    region = randomUUID();
  });
  after(() => api.stop());

  const personIn = (more: Partial<Grant> = {}): Promise<SignedIn> =>
    personWith(api, accessIn(region), more);

  /** A crowd of a region, written together. */
  const crowd = async (size: number): Promise<string[]> => {
    const { store } = api.runtime;
    const uids = Array.from({ length: size }, () => randomUUID());
    for (let at = 0; at < size; at += 200) {
      const writes = uids.slice(at, at + 200).flatMap((id) => {
        const email = `${id}@crewline.test`;
        const profile = { id, email, nik: id, name: 'Somebody', profilePhoto: null };
        const more = { phoneNumber: '0812', active: true, access: accessIn(region) };
        return createPerson(newPerson({ ...profile, ...more }, new Date()), []);
      });
      await store.commit(writes);
    }
    return uids;
  };

  const setUpInbox = async (uid: string, more: Partial<Inbox>) => {
    const { store } = api.runtime;
    const key = inboxes.doc(uid);
    const seen = await store.get(key);
    await store.commit([
      seen === undefined
        ? inboxes.create(uid, { ...NEW_INBOX, ...more })
        : inboxes.update(seen, more),
    ]);
  };

  const ITEM = { kind: 'raised' } as const;
  const itemOf = async (uid: string, written: Written) => {
    const subject = { collection: 'alarms', id: written.id };
    const key = inboxItems.of(uid).doc(itemIdOf(DESK, { ...ITEM, subject }, written));
    return (await api.runtime.store.get(key))?.data;
  };
  const whoHas = async (uids: readonly string[], written: Written) => {
    const items = await Promise.all(uids.map((uid) => itemOf(uid, written)));
    return uids.filter((_, index) => items[index] !== undefined);
  };
  const ringing = (uids: readonly string[]) =>
    api.tasks
      .waiting()
      .filter(({ data }) => uids.some((uid) => JSON.stringify(data).includes(uid)));

  const deliver = (written: Written, parts: Partial<Runtime> = {}) =>
    alarmTrigger.handle({ ...api.runtime, ...parts }, written);

  it('reaches everybody who may use the desk, in their language, but not who made the change', async () => {
    const [one, spanish, maker] = [await personIn(), await personIn(), await personIn()];
    const inactive = await personIn({ active: false });
    const withdrawn = await personIn({
      access: { [DESK]: { region, active: false } },
    });
    await setUpInbox(spanish.id, { language: 'es' });
    const written = alarmIn(region, { by: maker.id });
    await deliver(written);
    const all = [one, spanish, maker, inactive, withdrawn].map(({ id }) => id);
    expect(await whoHas(all, written)).to.deep.equal([one.id, spanish.id]);
    expect(await itemOf(one.id, written)).to.include({ desk: DESK, body: 'Ada alarm: smoke.' });
    expect(await itemOf(spanish.id, written)).to.include({ body: 'Hay una alarma: smoke.' });
  });

  it('reaches each of a crowd once, and reads and writes two and one documents for each', async () => {
    const uids = await crowd(310);
    const { store: base } = api.runtime;
    const counted = base.metered();
    const store: Store = { ...base, metered: () => ({ ...counted, metered: () => counted }) };
    const written = alarmIn(region);
    await deliver(written, { store });
    expect(await whoHas(uids, written)).to.have.length(310);
    // The audience names somebody by uid as well, who is not there; and there is no webhook.
    expect(counted.meter).to.deep.equal({ reads: 2 * 310 + 2, writes: 310 });
    expect(ringing(uids)).to.deep.equal([]);
  });

  it('is an event for webhooks, once for all people and for each delivery', async () => {
    const now = new Date();
    const id = randomUUID();
    const url = 'https://hooks.example.com/';
    const webhook = { ...newWebhook(url, now), id, desk: DESK, kinds: ['raised'], region };
    const { store } = api.runtime;
    await store.commit([webhooks.create(id, webhook)]);
    await Promise.all([personIn(), personIn()]);
    const written = alarmIn(region);
    await deliver(written);
    await deliver(written);
    const anyOf = [deliveries.queries.ofWebhook.where({ webhook: id })];
    const found = await store.find({ anyOf, limit: 9 });
    expect(found.map(({ data }) => [data.type, data.data])).to.deep.equal([
      [
        `${DESK}.raised`,
        {
          desk: DESK,
          kind: 'raised',
          region,
          subject: { collection: 'alarms', id: written.id },
          values: { what: 'smoke' },
        },
      ],
    ]);
    const key = webhooks.doc(id);
    const seen = await store.get(key);
    if (seen !== undefined) await store.commit([webhooks.remove(seen)]);
  });

  it('rings by one task for each hundred people with a device', async () => {
    const uids = await crowd(101);
    const device = {
      platform: 'web',
      appVersion: '1',
      sid: 's',
      registeredAt: new Date(),
    } as const;
    const inboxOf = (token: string) => ({ ...NEW_INBOX, devices: { phone: { ...device, token } } });
    await api.runtime.store.commit(uids.map((uid) => inboxes.create(uid, inboxOf(uid))));
    leavesUnsound((path) => uids.some((uid) => path === `inbox/${uid}`));
    const written = alarmIn(region);
    await deliver(written);
    const tasks = ringing(uids);
    expect(tasks.map(({ data }) => Object(data).to.length)).to.deep.equal([100, 1]);
    await deliver(written);
    expect(ringing(uids)).to.have.length(2);
  });

  it('rings once for somebody whom it names twice', async () => {
    const [person, other] = [await personIn(), await personIn()];
    for (const each of [person, other]) await writeDevice(api, each, 'phone');
    const { after, ...written } = alarmIn(region, { by: person.id });
    await deliver({ ...written, after: { ...after, changedBy: null } });
    expect(ringing([person.id])).to.have.length(1);
  });

  it('changes nothing when it is repeated, not even what was read meanwhile', async () => {
    const person = await personIn();
    await writeDevice(api, person, 'phone');
    const written = alarmIn(region);
    await deliver(written);
    const items = inboxItems.of(person.id);
    const [found] = await api.runtime.store.find({
      anyOf: [items.queries.list.where({ desk: DESK })],
      limit: 2,
    });
    if (found === undefined) throw new Error('there is no item');
    await api.runtime.store.commit([items.update(found, { readAt: new Date() })]);
    const latecomer = await personIn();
    await deliver(written);
    expect((await itemOf(person.id, written))?.readAt).to.be.instanceOf(Date);
    expect(await whoHas([latecomer.id], written)).to.deep.equal([latecomer.id]);
    expect(ringing([person.id])).to.have.length(1);
  });

  it('rings nobody when it comes so late that it may have rung before', async () => {
    const person = await personIn();
    await writeDevice(api, person, 'phone');
    const written = alarmIn(region);
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    await deliver({ ...written, at: ago(56) });
    expect(await whoHas([person.id], written)).to.deep.equal([person.id]);
    expect(ringing([person.id])).to.deep.equal([]);
    await deliver({ ...written, at: ago(54) });
    expect(ringing([person.id])).to.have.length(1);
  });

  it('is completed by its repeat when it was cut before the phones rang', async () => {
    const person = await personIn();
    await writeDevice(api, person, 'phone');
    const written = alarmIn(region);
    const cut = { enqueue: () => Promise.reject(new Error('cut')) };
    const failure = await deliver(written, { tasks: cut }).catch((error: unknown) => error);
    expect(failure).to.be.an('error');
    expect(await whoHas([person.id], written)).to.deep.equal([person.id]);
    await deliver(written);
    expect(ringing([person.id])).to.have.length(1);
  });

  it('is there once when the store’s answer is lost', async () => {
    const person = await personIn();
    const written = alarmIn(region);
    let isLost = true;
    const store = hookedStore(api.runtime.store, {
      commit: async (_, go) => {
        await go();
        if (!isLost) return;
        isLost = false;
        throw new StoreError(UNAVAILABLE, 'the answer is lost');
      },
    });
    await deliver(written, { store });
    expect(await whoHas([person.id], written)).to.deep.equal([person.id]);
  });

  it('reports a document that can’t be read, and is not tried again', async () => {
    const lines = api.lines.length;
    await deliver({ id: randomUUID(), before: undefined, after: { region } });
    const reported = api.lines.slice(lines).filter(({ severity }) => severity === 'ERROR');
    expect(reported.map(({ message }) => message)).to.deep.equal(['a document could not be read']);
  });

  it('passes over what one person has chosen if it can’t be read, and tells them all the same', async () => {
    const [broken, sound] = [await personIn(), await personIn()];
    const path = inboxes.doc(broken.id).path;
    leavesUnsound((each) => each === path);
    await api.runtime.store.commit([{ op: 'create', path, data: { devices: 'none' } }]);
    const written = alarmIn(region);
    await deliver(written);
    expect(await whoHas([broken.id, sound.id], written)).to.have.length(2);
  });
});
