import { randomUUID } from 'node:crypto';
import type { Firestore } from 'firebase-admin/firestore';
import { createGroupCommit } from '../../functions/src/kernel/store/group-commit.ts';
import type { Store } from '../../functions/src/kernel/store/store.ts';
import { atLeast, type Line, median, ms, oneTo, timed, times } from './line.ts';

const CREATES = 200;
/** One transaction for each create takes seconds for these already. */
const TRANSACTIONS = 20;

interface Made {
  readonly took: number;
  readonly done: number;
}

const counterId = () => `bench-${randomUUID()}`;
const thing = (n: number, changeId: string) => ({
  n,
  name: 'x'.repeat(2000),
  changeIds: [changeId],
});

const byGroup = async (store: Store): Promise<Made> => {
  const groups = createGroupCommit();
  const counter = { collection: 'benchCounters', id: counterId(), initial: {} };
  const took = await timed(() =>
    Promise.all(
      oneTo(CREATES).map(() => {
        const changeId = randomUUID();
        const path = `benchThings/${randomUUID()}`;
        const build = (n: number) => [{ op: 'create', path, data: thing(n, changeId) } as const];
        return groups.join(store, counter, { changeId, build });
      }),
    ),
  );
  return { took, done: CREATES };
};

const byTransactions = async (db: Firestore): Promise<Made> => {
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

/** Numbered documents created at once: by group commit, and by one transaction each. */
export const creates: Line = {
  name: 'creates',
  run: async ({ db, api }) => {
    await byGroup(api.runtime.store);
    const grouped = median(
      (await times(5, () => byGroup(api.runtime.store))).map(({ took }) => took),
    );
    const { took, done } = await byTransactions(db);
    const value = took / done / (grouped / CREATES);
    return [
      {
        what: 'numbered creates at once: group commit against one transaction each, per create',
        value,
        unit: 'times faster',
        ...atLeast(value, 20, 'at least 20'),
        note:
          `${CREATES} in ${ms(grouped)} (median of 5) against ${TRANSACTIONS} in ${ms(took)}, ` +
          `of which ${done} got their number within the SDK’s attempts`,
      },
    ];
  },
};
