import { randomUUID } from 'node:crypto';
import type { Firestore } from 'firebase-admin/firestore';
import { createGroupCommit } from '../../functions/src/kernel/store/group-commit.ts';
import type { Store } from '../../functions/src/kernel/store/store.ts';
import { type Line, median, ms, oneTo, ratio, timed, times } from './line.ts';

const CREATES = 200;
/** Fewer, because one transaction per create takes seconds already. */
const TRANSACTIONS = 20;

const counterId = () => `bench-${randomUUID()}`;
const thing = (n: number, changeId: string) => ({
  n,
  name: 'x'.repeat(2000),
  changeIds: [changeId],
});

const byGroup = (store: Store): Promise<number> => {
  const groups = createGroupCommit();
  const counter = { collection: 'benchCounters', id: counterId(), initial: {} };
  return timed(() =>
    Promise.all(
      oneTo(CREATES).map(() => {
        const changeId = randomUUID();
        const path = `benchThings/${randomUUID()}`;
        const build = (n: number) => [{ op: 'create', path, data: thing(n, changeId) } as const];
        return groups.join(store, counter, { changeId, build });
      }),
    ),
  );
};

const byTransactions = async (db: Firestore): Promise<{ took: number; done: number }> => {
  const counter = db.doc(`benchCounters/${counterId()}`);
  let done = 0;
  const create = () =>
    db.runTransaction(async (transaction) => {
      const count = Number((await transaction.get(counter)).get('count') ?? 0) + 1;
      transaction.set(counter, { count });
      transaction.create(db.doc(`benchThings/${randomUUID()}`), thing(count, ''));
    });
  const took = await timed(async () => {
    const settled = await Promise.allSettled(oneTo(TRANSACTIONS).map(create));
    done = settled.filter(({ status }) => status === 'fulfilled').length;
  });
  return { took, done };
};

/** Numbered documents created concurrently: by group commit, and by one transaction each. */
export const creates: Line = {
  name: 'creates',
  run: async ({ db, api }) => {
    const group = () => byGroup(api.runtime.store);
    await group();
    const grouped = median(await times(5, group));
    const { took, done } = await byTransactions(db);
    return [
      ratio(
        'numbered creates at once: group commit against one transaction each, per create',
        'times faster',
        [took / done, grouped / CREATES],
        {
          atLeast: 20,
          note:
            `${CREATES} in ${ms(grouped)} (median of 5) against ${TRANSACTIONS} in ${ms(took)}, ` +
            `and ${done} of these got their number within the SDK’s attempts`,
        },
      ),
    ];
  },
};
