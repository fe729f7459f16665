import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { z } from 'zod';
import { Problem } from '../../src/kernel/problem.ts';
import { collection } from '../../src/kernel/store/collection.ts';
import { anyDocument, type Write } from '../../src/kernel/store/document.ts';
import { type Counter, createGroupCommit } from '../../src/kernel/store/group-commit.ts';
import type { Store } from '../../src/kernel/store/store.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { hookedStore, type Hooks, StoreError } from '../support/hooked-store.ts';

const counters = collection('faultCounters', z.looseObject({ count: z.number() }));
const things = collection('faultThings', z.looseObject({ n: z.number() }));

const oneTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);

describe('creates that share a commit', function () {
  this.timeout(60_000);
  let api: TestApi;
  let store: Store;
  let counter: Counter;

  before(async () => {
    api = await startApi();
    ({ store } = api.runtime);
  });
  beforeEach(() => {
    counter = { collection: counters.name, id: randomUUID(), initial: { name: 'things' } };
  });
  after(() => api.stop());

  const key = () => counters.doc(counter.id);
  const countNow = async () => (await store.get(key()))?.data.count;

  const thing = (more: (n: number) => readonly Write[] = () => []) => {
    const id = randomUUID();
    const changeId = randomUUID();
    const build = (n: number): readonly Write[] => [
      { op: 'create', path: things.doc(id).path, data: { n, changeIds: [changeId] } },
      ...more(n),
    ];
    return { id, changeId, build };
  };
  type Thing = ReturnType<typeof thing>;

  const numbersOf = async (members: readonly Thing[]) => {
    const keys = members.map(({ id }) => things.doc(id));
    const reads = await store.load(keys);
    return keys.map((each) => reads.get(each)?.data.n);
  };

  /** Joins all of them concurrently; returns undefined or the error of each. */
  const joinAll = async (members: readonly Thing[], through = store): Promise<unknown[]> => {
    const groups = createGroupCommit();
    const settled = await Promise.allSettled(
      members.map((member) => groups.join(through, counter, member)),
    );
    return settled.map((each) => (each.status === 'rejected' ? each.reason : each.value.error));
  };

  /** Another writer, who takes the next number with its own commit. */
  const rival = async (): Promise<void> => {
    const seen = await store.get(key());
    await store.commit([
      seen === undefined
        ? counters.create(counter.id, { count: 1 })
        : counters.update(seen, { count: seen.data.count + 1 }),
    ]);
  };

  const countingCommits = (hooks: Hooks = {}) => {
    const seen = { commits: 0 };
    const hooked = hookedStore(store, {
      ...hooks,
      commit: (writes, go) => {
        seen.commits += 1;
        return hooks.commit === undefined ? go() : hooks.commit(writes, go);
      },
    });
    return { seen, hooked };
  };

  it('are one commit, numbered in the order in which they came', async () => {
    const { seen, hooked } = countingCommits();
    const members = oneTo(100).map(() => thing());
    const failures = await joinAll(members, hooked);
    expect(failures.every((each) => each === undefined)).to.equal(true);
    expect(await numbersOf(members)).to.deep.equal(oneTo(100));
    expect(await countNow()).to.equal(100);
    expect(seen.commits).to.equal(1);
  });

  it('over 200 make several commits and one row', async () => {
    const { seen, hooked } = countingCommits();
    const members = oneTo(450).map(() => thing());
    await joinAll(members, hooked);
    expect(await numbersOf(members)).to.deep.equal(oneTo(450));
    expect(seen.commits).to.equal(3);
  });

  it('of 20 instances at once all succeed, numbered from 1', async () => {
    const members = oneTo(20).map(() => thing());
    const joined = await Promise.all(
      members.map((member) => createGroupCommit().join(store, counter, member)),
    );
    expect(joined.flatMap(({ error }) => error ?? [])).to.deep.equal([]);
    expect(
      (await numbersOf(members)).toSorted((one, other) => Number(one) - Number(other)),
    ).to.deep.equal(oneTo(20));
  });

  it('whose documents are named by their number share a commit as well', async () => {
    const { seen, hooked } = countingCommits();
    const prefix = randomUUID();
    const numbered = oneTo(100).map(() => {
      const changeId = randomUUID();
      const build = (n: number): readonly Write[] => [
        {
          op: 'create',
          path: things.doc(`${prefix}-${n}`).path,
          data: { n, changeIds: [changeId] },
        },
      ];
      return { changeId, build };
    });
    const groups = createGroupCommit();
    const joined = await Promise.all(numbered.map((each) => groups.join(hooked, counter, each)));
    expect(joined.map(({ number }) => number)).to.deep.equal(oneTo(100));
    expect(seen.commits).to.equal(1);
  });

  it('that take several numbers each get consecutive ones', async () => {
    const { seen, hooked } = countingCommits();
    const members = [2, 1, 199].map((size) => ({ ...thing(), size }));
    await joinAll(members, hooked);
    expect(await numbersOf(members)).to.deep.equal([1, 3, 4]);
    expect(await countNow()).to.equal(202);
    // A commit has 200 numbers.
    expect(seen.commits).to.equal(2);
  });

  it('continue after the numbers that a rival takes between their read and their commit', async () => {
    let rivals = 3;
    const { hooked } = countingCommits({
      commit: async (_writes, go) => {
        if (rivals > 0) {
          rivals -= 1;
          await rival();
        }
        return go();
      },
    });
    const members = oneTo(20).map(() => thing());
    await joinAll(members, hooked);
    expect(await numbersOf(members)).to.deep.equal(oneTo(20).map((n) => n + 3));
    expect(await countNow()).to.equal(23);
  });

  it('get 503 when a rival is always first, and nothing is written', async () => {
    const { hooked } = countingCommits({
      commit: async (_writes, go) => {
        await rival();
        return go();
      },
    });
    const members = oneTo(5).map(() => thing());
    const failures = await joinAll(members, hooked);
    for (const failure of failures) {
      expect(failure).to.be.instanceOf(Problem);
      expect(failure).to.include({ status: 503, code: 'store/busy' });
    }
    expect(await numbersOf(members)).to.deep.equal(members.map(() => undefined));
  });

  const big = 'x'.repeat(1_100_000);
  const held = randomUUID();
  const bads = {
    'whose document is too large': () =>
      thing(() => [{ op: 'create', path: `faultThings/${randomUUID()}`, data: { big } }]),
    'whose second document is there already': () =>
      thing(() => [{ op: 'create', path: `faultThings/${held}`, data: { n: 0 } }]),
    'that can not be stored': () =>
      thing(() => [
        { op: 'create', path: `faultThings/${randomUUID()}`, data: { n: Symbol('no') } },
      ]),
    'that is refused its number': () =>
      thing((n) => {
        if (n > 1) throw new Error('no number will do');
        return [];
      }),
  } as const satisfies Record<string, () => Thing>;

  before(() => store.commit([things.create(held, { n: 0 })]));

  for (const [which, bad] of Object.entries(bads)) {
    it(`do not fail with a neighbour ${which}, and leave no gap for it`, async () => {
      const { seen, hooked } = countingCommits();
      const members = oneTo(64).map((n) => (n === 20 ? bad() : thing()));
      const failures = await joinAll(members, hooked);
      expect(
        failures.flatMap((failure, at) => (failure === undefined ? [] : [at + 1])),
      ).to.deep.equal([20]);
      const good = members.filter((_, index) => index !== 19);
      expect(await numbersOf(good)).to.deep.equal(oneTo(63));
      expect(await countNow()).to.equal(63);
      // Halving finds it in a few commits; one commit for each member would be 65.
      expect(seen.commits).to.be.at.most(15);
    });
  }

  it('do not fail with two bad neighbours and a rival at once', async () => {
    let rivals = 4;
    const { hooked } = countingCommits({
      commit: async (_writes, go) => {
        if (rivals > 0) {
          rivals -= 1;
          await rival();
        }
        return go();
      },
    });
    const members = oneTo(40).map((n) =>
      n % 15 === 0 ? bads['whose second document is there already']() : thing(),
    );
    const failures = await joinAll(members, hooked);
    const bad = failures.flatMap((failure, at) => (failure === undefined ? [] : [at + 1]));
    expect(bad).to.deep.equal([15, 30]);
    const good = members.filter((_, index) => !bad.includes(index + 1));
    expect(await numbersOf(good)).to.deep.equal(oneTo(38).map((n) => n + 4));
    expect(await countNow()).to.equal(42);
  });

  const LOSSES = {
    'was applied, but its answer was lost': async (go: () => Promise<void>) => {
      await go();
      throw new StoreError(14, 'the answer was lost');
    },
    'never arrived': async () => {
      throw new StoreError(4, 'no answer');
    },
  };

  for (const [how, lose] of Object.entries(LOSSES)) {
    it(`are done once when their commit ${how}`, async () => {
      let isFirst = true;
      const { hooked } = countingCommits({
        commit: async (_writes, go) => {
          if (!isFirst) return go();
          isFirst = false;
          return lose(go);
        },
      });
      const members = oneTo(30).map(() => thing());
      const failures = await joinAll(members, hooked);
      expect(failures.every((each) => each === undefined)).to.equal(true);
      expect(await numbersOf(members)).to.deep.equal(oneTo(30));
      expect(await countNow()).to.equal(30);
    });
  }

  it('build their numbers again only when the lost commit is known to have failed', async () => {
    // The answer is lost, and the commit arrives while its sender checks for it.
    let late: (() => Promise<void>) | undefined;
    let isLooking = false;
    const { hooked } = countingCommits({
      commit: async (_writes, go) => {
        if (late !== undefined) return go();
        late = go;
        throw new StoreError(4, 'no answer');
      },
      load: async (_keys, go) => {
        if (late !== undefined && !isLooking) {
          isLooking = true;
          await late();
          await rival();
        }
        return go();
      },
    });
    const built: number[] = [];
    const members = oneTo(3).map(() =>
      thing((n) => {
        built.push(n);
        return [];
      }),
    );
    await joinAll(members, hooked);
    const last = built.slice(-3);
    expect(await numbersOf(members)).to.deep.equal(last);
    expect(last).to.deep.equal([1, 2, 3]);
    expect(await countNow()).to.equal(4);
  });

  it('of which two create the same document make two commits, and only the second one fails', async () => {
    const same = things.doc(randomUUID()).path;
    const [one, other] = [thing(), thing()].map((each) => ({
      ...each,
      build: (n: number): readonly Write[] => [
        { op: 'create', path: same, data: { n, changeIds: [each.changeId] } },
      ],
    }));
    if (one === undefined || other === undefined) throw new Error('two were made');
    const failures = await joinAll([one, other, thing()]);
    expect(failures.map((each) => each === undefined)).to.deep.equal([true, false, true]);
    expect((await store.get(anyDocument(same)))?.changeIds).to.deep.equal([one.changeId]);
    expect(await countNow()).to.equal(2);
  });
});
