import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { sweepTickets } from '../../src/desks/cgs/tickets/clock.ts';
import type { Ticket } from '../../src/desks/cgs/domain/schemas.ts';
import { openTicket } from '../../src/desks/cgs/domain/ticket.ts';
import {
  after,
  client,
  command,
  foc,
  lastCard,
  minute,
  noc,
  opened,
  policy,
  request,
  statusNames,
  ticketIn,
} from '../desks/cgs/fixtures.ts';
import { impatient } from '../desks/cgs/model-patience.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { giveCommand, putTickets, readTickets } from '../support/clock-bench.ts';
import { createGate, type Hooks, hookedStore, StoreError } from '../support/hooked-store.ts';
import { createClock, ownProject, ownRuntime } from '../support/own-store.ts';
import { leavesUnsoundProject } from '../support/written-data.ts';

const held = ticketIn(foc);
const FAR = minute(1e7);

/** An empty store, and a clock set to the start of the fixtures' tickets. */
// Its tickets are written directly, so they have no numbers.
const stage = (projectId = leavesUnsoundProject(ownProject())) => {
  const clock = createClock(minute(0));
  const { runtime, lines } = ownRuntime({ now: clock.now }, projectId);
  const hooked = (hooks: Hooks): Runtime => ({
    ...runtime,
    store: hookedStore(runtime.store, hooks),
  });
  return { clock, runtime, lines, hooked };
};

const many = (count: number, ...kinds: readonly Ticket[]): Ticket[] =>
  Array.from({ length: count }, (_, n) => kinds[n % kinds.length] ?? held.Open);

/** A pending that ends at minute 50, and a draft that is published at minute 1. */
const DUE = [held.Pending, held.Draft] as const;
const isSettled = (ticket: Ticket): boolean =>
  ticket.latestStatus === 'Open'
    ? ticket.ticketLogs.length === held.Draft.ticketLogs.length + 1
    : ticket.latestStatus === 'OnTheWay' &&
      ticket.ticketLogs.length === held.Pending.ticketLogs.length + 1;

const expectSettled = (all: readonly Ticket[]) => {
  expect(all.filter((ticket) => !isSettled(ticket)).map(statusNames)).to.deep.equal([]);
};

describe('the sweep of due tickets', function () {
  this.timeout(60_000);

  it('publishes, resumes and records breaches, each with the time at which it was due', async () => {
    const { runtime, clock } = stage();
    const ids = await putTickets(runtime, held.Draft, held.Pending, held.Open);
    clock.set(minute(245));
    expect(await sweepTickets(runtime, FAR)).to.deep.include({ changed: 3, failed: 0 });
    const [draft, pending, open] = await readTickets(runtime, ids);
    if (!draft || !pending || !open) throw new Error('they are gone');
    expect(draft).to.deep.include({ latestStatus: 'Open', publishedAt: minute(1) });
    expect(lastCard(draft).timestamp).to.deep.equal(minute(1));
    expect(pending).to.deep.include({ latestStatus: 'OnTheWay', totalPendingDuration: 30 });
    expect(lastCard(pending).timestamp).to.deep.equal(minute(50));
    expect(open).to.deep.include({ slaType: 'OverSla', nextTimerAt: null });
    expect(open.ticketLogs).to.deep.equal(held.Open.ticketLogs);
  });

  it('warns of a ticket that nobody starts, and puts it back to Open, once each', async () => {
    const { runtime, clock } = stage();
    const impatiently = { ...policy, escalation: impatient };
    const accepted = after(command.accept, opened({}, impatiently), foc, 5);
    const ids = await putTickets(runtime, accepted);
    const seen: unknown[] = [];
    for (const at of [9, 10, 10, 16, 24, 25, 25]) {
      clock.set(minute(at));
      const { changed } = await sweepTickets(runtime, FAR);
      const [ticket] = await readTickets(runtime, ids);
      seen.push([changed, ticket?.latestStatus, ticket?.escalatedTo, ticket?.foc?.id ?? null]);
    }
    expect(seen).to.deep.equal([
      [0, 'Accepted', null, foc.id],
      [1, 'Accepted', 'FOC', foc.id],
      [0, 'Accepted', 'FOC', foc.id],
      [1, 'Accepted', 'FOCSupervisor', foc.id],
      [0, 'Accepted', 'FOCSupervisor', foc.id],
      [1, 'Open', null, null],
      [0, 'Open', null, null],
    ]);
  });

  it('changes nothing before it is due, and changes it exactly when it is due', async () => {
    const { runtime, clock } = stage();
    const ids = await putTickets(runtime, held.Pending, held.Closed);
    clock.set(new Date(minute(50).getTime() - 1));
    expect((await sweepTickets(runtime, FAR)).changed).to.equal(0);
    clock.set(minute(50));
    expect((await sweepTickets(runtime, FAR)).changed).to.equal(1);
    expect((await sweepTickets(runtime, FAR)).changed).to.equal(0);
    expectSettled((await readTickets(runtime, ids)).slice(0, 1));
  });

  it('goes through many pages in one run', async () => {
    const { runtime, clock } = stage();
    const ids = await putTickets(runtime, ...many(600, ...DUE));
    clock.set(minute(60));
    expect(await sweepTickets(runtime, FAR)).to.deep.include({
      changed: 600,
      failed: 0,
      finished: true,
    });
    expectSettled(await readTickets(runtime, ids));
  });

  it('ends when its time is over, and the next run goes on', async () => {
    const { runtime, clock, hooked } = stage();
    const ids = await putTickets(runtime, ...many(300, ...DUE));
    clock.set(minute(60));
    let commits = 0;
    const slow = hooked({
      commit: async (_, go) => {
        await go();
        commits += 1;
        if (commits === 4) clock.set(minute(61));
      },
    });
    const cut = await sweepTickets(slow, minute(61));
    expect(cut.finished).to.equal(false);
    expect(await sweepTickets(runtime, FAR)).to.deep.include({ finished: true });
    expectSettled(await readTickets(runtime, ids));
  });

  it('does each thing once when its process dies halfway or answers are lost', async () => {
    const { runtime, clock, hooked } = stage();
    const ids = await putTickets(runtime, ...many(120, ...DUE));
    clock.set(minute(60));
    let commits = 0;
    const dying = hooked({
      commit: async (_, go) => {
        commits += 1;
        // Some are never sent; others are applied, but their answer is lost.
        if (commits % 3 !== 0) await go();
        if (commits % 3 !== 1) throw new StoreError(14, 'the connection is gone');
      },
    });
    await sweepTickets(dying, FAR);
    await sweepTickets(runtime, FAR);
    expectSettled(await readTickets(runtime, ids));
  });

  it('has one effect per ticket when two run concurrently', async () => {
    const project = leavesUnsoundProject(ownProject());
    const [one, other] = [stage(project), stage(project)];
    const ids = await putTickets(one.runtime, ...many(400, ...DUE));
    one.clock.set(minute(60));
    other.clock.set(minute(61));
    const reports = await Promise.all([
      sweepTickets(one.runtime, FAR),
      sweepTickets(other.runtime, FAR),
    ]);
    expect(reports.reduce((sum, { changed }) => sum + changed, 0)).to.equal(400);
    expect(reports.map(({ failed }) => failed)).to.deep.equal([0, 0]);
    expectSettled(await readTickets(one.runtime, ids));
  });

  it('skips what it cannot read or write, logs it, and changes the others', async () => {
    const { runtime, clock, lines, hooked } = stage();
    const poison = `tickets/${randomUUID()}`;
    await runtime.store.commit([
      { op: 'create', path: poison, data: { nextTimerAt: minute(-1000), changeIds: 'none' } },
    ]);
    const ids = await putTickets(runtime, ...many(60, ...DUE));
    const unwritable = `tickets/${ids[7]}`;
    clock.set(minute(60));
    const picky = hooked({
      commit: async (writes, go) => {
        if (writes.some(({ path }) => path === unwritable)) throw new StoreError(3, 'too large');
        await go();
      },
    });
    expect(await sweepTickets(picky, FAR)).to.deep.include({ changed: 59, failed: 2 });
    const named = lines.map(({ fields }) => ('document' in fields ? fields.document : null));
    expect(named).to.have.members([poison, unwritable]);
    expectSettled(await readTickets(runtime, ids.toSpliced(7, 1)));
    expect(await sweepTickets(runtime, FAR)).to.deep.include({ changed: 1, failed: 1 });
  });

  it('reports a store that does not answer, and never rejects', async () => {
    const { runtime, lines } = stage();
    const find = () => Promise.reject(new StoreError(14, 'down'));
    const down: Runtime = {
      ...runtime,
      store: { ...runtime.store, metered: () => ({ ...runtime.store, find }) },
    };
    expect(await sweepTickets(down, FAR)).to.deep.include({ changed: 0, finished: false });
    expect(lines.map(({ message }) => message)).to.deep.equal(['a sweep could not go on']);
  });
});

describe('the sweep and a person at the same moment', function () {
  this.timeout(60_000);

  /** Lets a person act between the sweep's decision and its commit, or the other way round. */
  const race = async (
    ticket: Ticket,
    at: number,
    act: (runtime: Runtime, id: string) => Promise<string>,
  ) => {
    const { runtime, clock, lines, hooked } = stage();
    const [id = ''] = await putTickets(runtime, ticket);
    clock.set(minute(at));
    const decided = createGate();
    const acted = createGate();
    let isFirst = true;
    const held = hooked({
      commit: async (_, go) => {
        if (isFirst) {
          isFirst = false;
          decided.open();
          await acted.opened;
        }
        await go();
      },
    });
    const sweeping = sweepTickets(held, FAR);
    await decided.opened;
    const outcome = await act(runtime, id);
    acted.open();
    const report = await sweeping;
    const [ended] = await readTickets(runtime, [id]);
    if (!ended) throw new Error('it is gone');
    return { outcome, report, ended, lines };
  };

  it('does not change a pending that was resumed by hand', async () => {
    const { outcome, report, ended } = await race(held.Pending, 60, (runtime, id) =>
      giveCommand(runtime, id, command.resume, noc),
    );
    expect(outcome).to.equal('ok');
    expect(report).to.deep.include({ changed: 0, failed: 0 });
    expect(statusNames(ended)).to.have.lengthOf(held.Pending.ticketLogs.length + 1);
    // Its deadline was at minute 50, before the resume.
    expect(ended.totalPendingDuration).to.equal(30);
  });

  it('does not publish a draft that was cancelled', async () => {
    const { report, ended } = await race(held.Draft, 60, (runtime, id) =>
      giveCommand(runtime, id, command.cancel, noc),
    );
    expect(report).to.deep.include({ changed: 0, failed: 0 });
    expect(ended).to.deep.include({ resolution: 'Canceled', publishedAt: null });
  });

  it('ends a pending although a request arrives at the same time', async () => {
    const { report, ended } = await race(held.Pending, 60, (runtime, id) =>
      giveCommand(runtime, id, command.cancel, foc),
    );
    expect(report).to.deep.include({ changed: 1, failed: 0 });
    expect(ended).to.deep.include({ latestStatus: 'OnTheWay', needValidate: true });
  });

  it('does not take a ticket from a FOC who just started it', async () => {
    const impatiently = { ...policy, escalation: impatient };
    const accepted = after(command.accept, opened({}, impatiently), foc, 5);
    const { report, ended } = await race(accepted, 60, (runtime, id) =>
      giveCommand(runtime, id, command.onTheWay, foc),
    );
    expect(report).to.deep.include({ changed: 0, failed: 0 });
    expect(ended).to.deep.include({ latestStatus: 'OnTheWay', foc: accepted.foc });
  });

  it('tells nobody of a ticket that was just accepted', async () => {
    const open = opened({}, { ...policy, escalation: impatient });
    const { report, ended } = await race(open, 4, (runtime, id) =>
      giveCommand(runtime, id, command.accept, foc),
    );
    expect(report).to.deep.include({ changed: 0, failed: 0 });
    expect(ended).to.deep.include({ latestStatus: 'Accepted', escalatedTo: null });
  });

  it('records no breach of a ticket that was just closed in time', async () => {
    const asked = after(command.finishing, held.OnGoing, foc, 239);
    const waiting = lastCard(asked);
    const evidenceId = 'evidenceId' in waiting ? waiting.evidenceId : '';
    const { report, ended } = await race(asked, 241, (runtime, id) =>
      giveCommand(runtime, id, { ...command.validate, evidenceId }, noc),
    );
    expect(report).to.deep.include({ changed: 0, failed: 0 });
    expect(ended).to.deep.include({ latestStatus: 'Closed', slaType: 'UnderSla' });
  });
});

describe('the deployed clock', function () {
  this.timeout(60_000);

  it('sweeps when Cloud Scheduler calls it', async () => {
    const project = leavesUnsoundProject(ownProject());
    const { runtime } = ownRuntime({}, project);
    const hours = (n: number) => new Date(Date.now() - n * 3_600_000);
    const opening = openTicket(
      request(),
      { client, noc, policy },
      { now: hours(10), newId: randomUUID() },
    );
    if (!opening.ok) throw new Error(opening.refusal);
    const ids = await putTickets(runtime, opening.ticket('TRB-202611-0001'), opened());
    const index = new URL('../../src/index.ts', import.meta.url).href;
    const code = `const { clock } = await import('${index}');
      await clock.run({ scheduleTime: new Date().toISOString() });
      process.exit();`;
    const env = { ...process.env, GCLOUD_PROJECT: project, WEB_API_KEY: 'demo' };
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '-e', code],
      { env },
    );
    expect(stdout).to.contain('due tickets');
    const [breached] = await readTickets(runtime, ids);
    expect(breached).to.deep.include({ slaType: 'OverSla', nextTimerAt: null });
  });
});
