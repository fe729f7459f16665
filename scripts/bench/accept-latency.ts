import { randomUUID } from 'node:crypto';
import type { DocumentData } from 'firebase-admin/firestore';
import { tickets } from '../../functions/src/desks/cgs/tickets/collection.ts';
import { sessionOf } from '../../functions/src/kernel/auth/session.ts';
import type { Bench } from './bench-world.ts';
import { atMost, type Line, ms, percentile, timed } from './line.ts';

const WARM_UP = 60;
const ACCEPTS = 300;

/** Accepts by HTTP, and the two calls of the SDK that it can't do without, by turns. */
const measure = async (bench: Bench, count: number) => {
  const { db, world, foc, fill } = bench;
  const ids = await fill(2 * count);
  const session = db.doc(sessionOf(foc.cookie).path);
  const patch = await patchOf(bench);
  const bare: number[] = [];
  const http: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const ref = db.doc(tickets.doc(ids[2 * n] ?? '').path);
    bare.push(
      await timed(async () => {
        const [, ticket] = await db.getAll(session, ref);
        if (ticket?.updateTime === undefined) throw new Error('a filled ticket must be there');
        const lastUpdateTime = ticket.updateTime;
        await db
          .batch()
          .update(ref, { ...patch, changeIds: [randomUUID()] }, { lastUpdateTime })
          .commit();
      }),
    );
    const path = `/v1/tickets/${ids[2 * n + 1]}/ticketStatus/accept`;
    http.push(
      await timed(async () => {
        const { status } = await world.call('POST', path, { as: foc });
        if (status !== 201) throw new Error(`accept answered ${status}`);
      }),
    );
  }
  return { bare, http };
};

/** The fields that an accept writes, as one accept has just written them. */
const patchOf = async ({ db, world, foc, fill }: Bench): Promise<DocumentData> => {
  const [id = ''] = await fill(1);
  const ref = db.doc(tickets.doc(id).path);
  const before = (await ref.get()).data() ?? {};
  await world.command(foc, id, 'ticketStatus/accept');
  const after = (await ref.get()).data() ?? {};
  const changed = Object.keys(after).filter(
    (name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]),
  );
  return Object.fromEntries(changed.map((name) => [name, after[name]]));
};

/** What one accept costs over HTTP, against its bare read and commit. */
export const acceptLatency: Line = {
  name: 'accept latency',
  run: async (bench) => {
    await measure(bench, WARM_UP);
    const { bare, http } = await measure(bench, ACCEPTS);
    const ratio = (share: number) => percentile(http, share) / percentile(bare, share);
    const note = (share: number) =>
      `${ms(percentile(http, share))} against ${ms(percentile(bare, share))}, ${ACCEPTS} of each by turns`;
    return [
      {
        what: 'accept through HTTP against its two bare Firestore calls, p50',
        value: ratio(0.5),
        unit: 'times as long',
        ...atMost(ratio(0.5), 1.5, 'at most 1.5'),
        note: note(0.5),
      },
      {
        what: 'accept through HTTP against its two bare Firestore calls, p95',
        value: ratio(0.95),
        unit: 'times as long',
        note: note(0.95),
      },
    ];
  },
};
