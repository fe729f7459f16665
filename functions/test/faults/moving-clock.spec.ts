import { expect } from 'chai';
import fc from 'fast-check';
import { sweepTickets } from '../../src/desks/cgs/tickets/clock.ts';
import type { Ticket } from '../../src/desks/cgs/domain/schemas.ts';
import type { Actor, Command } from '../../src/desks/cgs/domain/ticket.ts';
import {
  clock as system,
  command,
  foc,
  minute,
  noc,
  opened,
  policy,
  START,
  uuid,
} from '../desks/cgs/fixtures.ts';
import { Model } from '../desks/cgs/model.ts';
import { shownBy } from '../desks/cgs/model-document.ts';
import { FOREVER, IMPATIENT, impatient } from '../desks/cgs/model-patience.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { giveCommand, putTickets, readTickets } from '../support/clock-bench.ts';
import { hookedStore, StoreError } from '../support/hooked-store.ts';
import { createClock, ownProject, ownRuntime, type TestClock } from '../support/own-store.ts';
import { leavesUnsoundProject } from '../support/written-data.ts';

const FAR = minute(1e7);
/** Minutes until each draft is published; null for a ticket that is opened published. Whoever has
 * an impatient one is told that it stands still, and loses it. */
const PLANS = [
  { plan: null },
  { plan: null, isImpatient: true },
  { plan: 15, isImpatient: true },
  { plan: 90 },
  { plan: 300 },
] as const satisfies readonly Plan[];
const PROMISE = 240;

interface Plan {
  readonly plan: number | null;
  readonly isImpatient?: boolean;
}

type Move =
  | { readonly kind: 'wait'; readonly minutes: number }
  | { readonly kind: 'sweep' | 'sweep twice at once' | 'sweep, cut, and again' }
  | {
      readonly kind: 'ask';
      readonly ticket: number;
      readonly name: 'accept' | 'pending' | 'resume' | 'publish' | 'onTheWay';
      readonly minutes: number;
    };

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait'), minutes: fc.nat(150) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('sweep', 'sweep twice at once', 'sweep, cut, and again'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('ask'),
      ticket: fc.nat(PLANS.length - 1),
      name: fc.constantFrom('accept', 'pending', 'pending', 'resume', 'publish', 'onTheWay'),
      minutes: fc.integer({ min: 1, max: 120 }),
    }),
  },
);

const ACTORS = {
  accept: foc,
  onTheWay: foc,
  pending: noc,
  resume: noc,
  publish: noc,
} as const satisfies Record<string, Actor>;

const realCommand = ({ name, minutes }: Extract<Move, { kind: 'ask' }>): Command =>
  name === 'pending' ? { ...command.pending, pendingInterval: minutes } : command[name];

/** What the clock does to a ticket, by the model. */
const modelSweep = (model: Model, now: number): void => {
  for (let timer = model.timer(model.seen); timer !== null && timer <= now; ) {
    const given = { name: model.dueName(now) };
    expect(model.judge(given, system, now)).to.equal('ok');
    model.act(given, system, now, uuid(2));
    timer = model.timer(model.seen);
  }
};

const ticketOf = ({ plan, isImpatient = false }: Plan): Ticket =>
  opened(
    plan === null ? {} : { isDraft: true, publishedAt: minute(plan).toISOString() },
    isImpatient ? { ...policy, escalation: impatient } : policy,
  );
const modelOf = ({ plan, isImpatient = false }: Plan): Model =>
  new Model(
    START.getTime(),
    PROMISE,
    plan === null ? null : minute(plan).getTime(),
    undefined,
    isImpatient ? IMPATIENT : FOREVER,
  );

interface World {
  readonly clock: TestClock;
  readonly runtime: Runtime;
  readonly other: Runtime;
  readonly ids: readonly string[];
  readonly models: readonly Model[];
}

const startWorld = async (): Promise<World> => {
  // Its tickets are written directly, so they have no numbers.
  const project = leavesUnsoundProject(ownProject());
  const clock = createClock(START);
  const { runtime } = ownRuntime({ now: clock.now }, project);
  const { runtime: other } = ownRuntime({ now: clock.now }, project);
  const ids = await putTickets(runtime, ...PLANS.map(ticketOf));
  return { clock, runtime, other, ids, models: PLANS.map(modelOf) };
};

/** A process that dies after its first commit: all later commits fail, sent or not. */
const dying = (runtime: Runtime): Runtime => {
  let commits = 0;
  const commit = async (_: unknown, go: () => Promise<void>): Promise<void> => {
    commits += 1;
    if (commits % 2 === 1) await go();
    if (commits > 1) throw new StoreError(14, 'gone');
  };
  return { ...runtime, store: hookedStore(runtime.store, { commit }) };
};

const sweep = async ({ runtime, other }: World, kind: Move['kind']): Promise<void> => {
  if (kind === 'sweep, cut, and again') await sweepTickets(dying(runtime), FAR);
  const runs = kind === 'sweep twice at once' ? [runtime, other] : [runtime];
  const reports = await Promise.all(runs.map((each) => sweepTickets(each, FAR)));
  for (const report of reports) expect(report).to.include({ failed: 0, finished: true });
};

const play = async (world: World, each: Move): Promise<void> => {
  const { clock, runtime, ids, models } = world;
  const now = clock.now().getTime();
  if (each.kind === 'wait') return clock.forward(each.minutes);
  if (each.kind !== 'ask') {
    await sweep(world, each.kind);
    for (const model of models) modelSweep(model, now);
    return;
  }
  const model = models[each.ticket];
  const actor = ACTORS[each.name];
  const given = { name: each.name, minutes: each.minutes };
  const verdict = model?.judge(given, actor, now);
  const outcome = await giveCommand(runtime, ids[each.ticket] ?? '', realCommand(each), actor);
  expect(outcome).to.equal(verdict);
  if (outcome === 'ok') model?.act(given, actor, now, uuid(3));
};

describe('a clock that moves while people work', () => {
  it('leaves every ticket as a simple model says, whatever is interrupted or run twice', async function () {
    this.timeout(120_000);
    const moves = fc.array(move, { minLength: 5, maxLength: 25, size: 'max' });
    const run = fc.asyncProperty(moves, async (drawn) => {
      const world = await startWorld();
      for (const each of drawn) await play(world, each);
      world.clock.forward(10_000);
      await play(world, { kind: 'sweep' });
      const ended = await readTickets(world.runtime, world.ids);
      world.models.forEach((model, n) => {
        expect(ended[n]).to.deep.include({ ...shownBy(model), nextTimerAt: null });
      });
    });
    await fc.assert(run, { numRuns: 15 });
  });
});
