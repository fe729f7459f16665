import { randomUUID } from 'node:crypto';
import pMap from 'p-map';
import { desks } from '../../functions/src/api.ts';
import { tickets } from '../../functions/src/desks/cgs/tickets/collection.ts';
import { inboxes, NEW_INBOX } from '../../functions/src/kernel/notify/inbox.ts';
import { toPlain } from '../../functions/src/kernel/store/document.ts';
import { hookedStore } from '../../functions/test/support/hooked-store.ts';
import type { Bench } from './bench-world.ts';
import { type Line, timed } from './line.ts';

const CREWS = 1_000;
const REGION = 'Central';
/** An opened ticket is for whoever is nearest: later than this it is old. */
const LIMIT_SECONDS = 10;
const AT_ONCE = 20;

/** FOCs of a region, each with a phone that rings. */
const hire = async ({ api, world }: Bench): Promise<void> => {
  const registeredAt = api.runtime.now();
  const phone = (token: string) =>
    ({ token, platform: 'android', appVersion: '1.0', sid: token, registeredAt }) as const;
  const hireOne = async (): Promise<void> => {
    const { id } = await world.member('FOC', REGION);
    const devices = { phone: phone(randomUUID()) };
    await api.runtime.store.commit([inboxes.create(id, { ...NEW_INBOX, devices })]);
  };
  await pMap(Array.from({ length: CREWS }), hireOne, { concurrency: AT_ONCE });
};

/** One ticket is opened: what its triggers write, and how long they take, once and once more. */
const openOne = async ({ api, db, world }: Bench) => {
  const id = await world.open(await world.member('NOC', REGION));
  const after = toPlain((await db.doc(tickets.doc(id).path).get()).data());
  const cost = { writes: 0 };
  const store = hookedStore(api.runtime.store, {
    commit: async (writes, go) => {
      await go();
      cost.writes += writes.length;
    },
  });
  const followers = desks
    .flatMap(({ triggers }) => triggers)
    .filter(({ document }) => document === tickets.doc('{id}').path);
  const runtime = { ...api.runtime, store };
  const tell = () =>
    Promise.all(followers.map(({ handle }) => handle(runtime, { id, before: undefined, after })));
  const told = await timed(tell);
  const { writes } = cost;
  const items = (await db.collectionGroup('items').count().get()).data().count;
  if (items < CREWS) throw new Error(`${items} inboxes have the ticket`);
  const tasks = api.tasks.waiting().length;
  const rung = await timed(api.tasks.run);
  const again = await timed(tell);
  return { told, writes, items, tasks, rung, again, writtenAgain: cost.writes - writes };
};

/** One ticket is opened in a region with many crews. */
export const notices: Line = {
  name: 'notices',
  run: async (bench) => {
    await hire(bench);
    const { told, writes, items, tasks, rung, again, writtenAgain } = await openOne(bench);
    return [
      {
        what: `inboxes that have a ticket opened in a region with ${CREWS.toLocaleString('en')} crews`,
        value: items,
        unit: 'documents',
        note: `${writes} writes of all its triggers`,
      },
      {
        what: 'until the last inbox has it, without the start of the trigger',
        value: told / 1000,
        unit: 'seconds',
        atMost: LIMIT_SECONDS,
        note: `${Math.round(again)} ms when it is delivered again, which wrote ${writtenAgain}`,
      },
      {
        what: 'tasks that ring the phones',
        value: tasks,
        unit: 'tasks',
        note: `one after the other in ${Math.round(rung)} ms, without sending`,
      },
    ];
  },
};
