import { randomUUID } from 'node:crypto';
import type { Firestore } from 'firebase-admin/firestore';
import { tickets } from '../../functions/src/desks/cgs/tickets/collection.ts';
import { ticketSchema } from '../../functions/src/desks/cgs/domain/schemas.ts';
import type { Person } from '../../functions/src/desks/cgs/domain/schemas.ts';
import { decide } from '../../functions/src/desks/cgs/domain/ticket.ts';
import type { Runtime } from '../../functions/src/kernel/runtime.ts';
import { change } from '../../functions/src/kernel/store/change.ts';
import { toPlain } from '../../functions/src/kernel/store/document.ts';
import { type Line, median, ms, oneTo, ratio, timed, times } from './line.ts';

const PEOPLE = 200;
const RACES = 3;

const someone = (n: number): Person => ({
  id: `bench-${n}`,
  nik: `${n}`,
  phoneNumber: '0812345678',
  email: `bench-${n}@crewline.test`,
  name: `FOC ${n}`,
  role: 'FOC',
  region: 'West',
  profilePhoto: null,
  areas: [],
});

/** The decision on an accept by the nth person, on a ticket as Firestore returns it. */
export const accept = (data: unknown, n: number) => {
  const moment = { now: new Date(), newId: randomUUID() };
  return decide({ name: 'accept' }, ticketSchema.parse(data), someone(n), moment);
};

const byChange = async ({ store, groups }: Runtime, id: string, n: number): Promise<boolean> => {
  const own = store.metered();
  const key = tickets.doc(id);
  const outcome = await change<true, false>(own, groups, {
    changeId: randomUUID(),
    read: (more) => own.load([key, ...more]),
    decide: ({ reads }) => {
      const seen = reads.get(key);
      const decision = seen === undefined ? undefined : accept(seen.data, n);
      if (seen === undefined || !decision?.ok) return { kind: 'stop', value: false };
      const writes = [tickets.update(seen, decision.patch)];
      return { kind: 'write', plan: { writes, answer: true } };
    },
  });
  return 'answer' in outcome;
};

const byTransaction = (db: Firestore, id: string, n: number): Promise<boolean> =>
  db.runTransaction(async (transaction) => {
    const ref = db.doc(tickets.doc(id).path);
    const decision = accept(toPlain((await transaction.get(ref)).data()), n);
    if (decision.ok) transaction.update(ref, { ...decision.patch });
    return decision.ok;
  });

/** 200 people accept one ticket at once: the kernel's compare-and-set, and the SDK's transaction. */
export const acceptRace: Line = {
  name: 'accept race',
  run: async ({ db, api, fill }) => {
    const race = async (how: (id: string, n: number) => Promise<boolean>): Promise<number> => {
      const [id = ''] = await fill(1);
      let winners = 0;
      const took = await timed(async () => {
        const all = await Promise.allSettled(oneTo(PEOPLE).map((n) => how(id, n)));
        winners = all.filter((each) => each.status === 'fulfilled' && each.value).length;
      });
      if (winners !== 1) throw new Error(`${winners} people won one race`);
      return took;
    };
    const raceOfChanges = () => race((id, n) => byChange(api.runtime, id, n));
    // The first calls of a process set up the client's channels.
    await raceOfChanges();
    const changed = median(await times(RACES, raceOfChanges));
    // One race, because it takes seconds.
    const transacted = await race((id, n) => byTransaction(db, id, n));
    return [
      ratio(
        `${PEOPLE} people accept one ticket: compare-and-set against runTransaction`,
        'times faster',
        [transacted, changed],
        {
          atLeast: 5,
          note: `${ms(changed)} against ${ms(transacted)}, median of ${RACES} races against one race, one winner each`,
        },
      ),
    ];
  },
};
