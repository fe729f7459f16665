import { randomUUID } from 'node:crypto';
import { tickets } from '../../functions/src/desks/cgs/tickets/collection.ts';
import { grants } from '../../functions/src/kernel/auth/grant.ts';
import { toPlain } from '../../functions/src/kernel/store/document.ts';
import { accept } from './accept-race.ts';
import type { Bench } from './bench-world.ts';
import { type Line, percentile, ratio, timed } from './line.ts';

const WARM_UP = 60;
const ACCEPTS = 300;

/** Alternates accepts through HTTP with the two SDK calls that an accept needs at least. */
const measure = async ({ db, world, foc, fill }: Bench, count: number) => {
  const ids = await fill(2 * count);
  const refs = ids.map((id) => db.doc(tickets.doc(id).path));
  const grant = db.doc(grants.doc(foc.id).path);
  const decision = accept(toPlain((await refs[0]?.get())?.data()), 1);
  if (!decision.ok) throw new Error(`an Open ticket refused: ${decision.refusal}`);
  const bare: number[] = [];
  const http: number[] = [];
  for (const [n, ref] of refs.entries()) {
    if (n % 2 === 0) {
      bare.push(
        await timed(async () => {
          const [, ticket] = await db.getAll(grant, ref);
          if (ticket?.updateTime === undefined) throw new Error('a filled ticket must be there');
          const { updateTime: lastUpdateTime } = ticket;
          const patch = { ...decision.patch, changeIds: [randomUUID()] };
          await db.batch().update(ref, patch, { lastUpdateTime }).commit();
        }),
      );
    } else {
      http.push(await timed(() => world.command(foc, ids[n] ?? '', 'ticketStatus/accept')));
    }
  }
  return { bare, http };
};

/** How long an accept takes through HTTP, compared with its bare read and commit. */
export const acceptLatency: Line = {
  name: 'accept latency',
  run: async (bench) => {
    await measure(bench, WARM_UP);
    const { bare, http } = await measure(bench, ACCEPTS);
    const what = 'accept through HTTP against its two bare Firestore calls';
    const at = (share: number) => [percentile(http, share), percentile(bare, share)] as const;
    return [
      ratio(`${what}, p50`, 'times as long', at(0.5), { atMost: 1.5 }),
      ratio(`${what}, p95`, 'times as long', at(0.95)),
    ];
  },
};
