import { expect } from 'chai';
import fc from 'fast-check';
import type { Command } from './command.ts';
import { COMMANDS, type CommandName } from './moves.ts';
import {
  type LogCard,
  type Person,
  type SlaCalendar,
  type Ticket,
  ticketSchema,
} from './schemas.ts';
import { type Actor, decide } from './ticket.ts';
import {
  admin,
  boss,
  boss2,
  bossEast,
  clock,
  command,
  contractFields,
  foc,
  foc2,
  focEast,
  freeze,
  minute,
  noc,
  nocEast,
  opened,
  policy,
  START,
  uuid,
} from '../../../../test/desks/cgs/fixtures.ts';
import { Model, type ModelCommand } from '../../../../test/desks/cgs/model.ts';
import { shownBy } from '../../../../test/desks/cgs/model-document.ts';
import { IMPATIENT, impatient } from '../../../../test/desks/cgs/model-patience.ts';

const ACTORS: readonly Actor[] = [
  admin,
  noc,
  nocEast,
  boss,
  boss2,
  bossEast,
  foc,
  foc2,
  focEast,
  clock,
];
const TARGETS: readonly Person[] = [foc, foc2, boss, focEast, noc];
const RUNS = 100;
const SEED = 1;

/** Dice for one step: how long it waits, and what is chosen from what is possible. Most steps
 * choose among what the model allows, seldom what throws a ticket back, so that runs get far; the rest choose freely. */
const step = fc.record({
  wait: fc.oneof(
    fc.integer({ min: -120_000, max: 600_000 }),
    fc.integer({ min: 0, max: 18_000_000 }),
    fc.constant(0),
  ),
  isFree: fc.nat(3).map((die) => die === 0),
  isRare: fc.nat(15).map((die) => die === 0),
  choice: fc.nat(10_000),
  target: fc.nat(TARGETS.length - 1),
  approved: fc.nat(3).map((die) => die > 0),
  minutes: fc.integer({ min: 1, max: 240 }),
  evidence: fc.nat(30),
});
type Dice = typeof step extends fc.Arbitrary<infer T> ? T : never;

const RARE = new Set<CommandName>(['cancel', 'assign', 'reassign', 'pending', 'closeByIncident']);
const pairs = COMMANDS.flatMap((name) => ACTORS.map((actor) => ({ name, actor })));

const modelCommand = (name: CommandName, dice: Dice, model: Model): ModelCommand => {
  const foc = TARGETS[dice.target];
  const evidenceId = dice.isFree || !model.waiting ? uuid(dice.evidence + 2) : model.waiting.id;
  return {
    name,
    approved: dice.approved,
    minutes: dice.minutes,
    evidenceId,
    ...(foc && { foc }),
  };
};

const realCommand = (given: ModelCommand): Command => {
  switch (given.name) {
    case 'assign':
      return { ...command.assign, foc: given.foc ?? null };
    case 'validate': {
      const { approved = false, evidenceId = '' } = given;
      return { ...command.validate, approved, evidenceId };
    }
    case 'pending':
      return { ...command.pending, pendingInterval: given.minutes ?? 1 };
    default:
      return command[given.name];
  }
};

const ANSWERING = ['isApproved', 'approvalRemark'];
const RESUMING = ['isResumed', 'pendingInterval'];

const same = (value: unknown): string => JSON.stringify(value);

/** A card stays what it was, but for the answer to it and the end of its pending. */
const expectKept = (before: LogCard, after: LogCard | undefined) => {
  if (same(before) === same(after)) return;
  const now = new Map(Object.entries(after ?? {}).map(([key, value]) => [key, same(value)]));
  const changed = Object.entries(before).flatMap(([key, value]) =>
    now.get(key) === same(value) ? [] : [key],
  );
  const mayChange = [
    ...('isApproved' in before && before.isApproved === null ? ANSWERING : []),
    ...('isResumed' in before && !before.isResumed ? RESUMING : []),
  ];
  expect(mayChange).to.include.members(changed);
};

/** What holds for every ticket at any time, whatever the model says. */
const expectSound = (before: Ticket, after: Ticket) => {
  const { ticketLogs: logs, foc: holder } = after;
  before.ticketLogs.forEach((card, index) => {
    expectKept(card, logs[index]);
  });
  logs.forEach((card, index) => {
    const previous = logs[index - 1];
    expect(!previous || previous.timestamp <= card.timestamp, 'times run forwards').to.equal(true);
  });
  for (const card of logs.slice(before.ticketLogs.length)) {
    expect(Object.keys(card).sort()).to.deep.equal(contractFields(card));
  }
  const unanswered = logs.filter((card) => 'isApproved' in card && card.isApproved === null);
  expect(unanswered).to.have.lengthOf(after.needValidate ? 1 : 0);
  if (after.inProgressByFoc) expect(holder).not.to.equal(null);
  if (before.foc && holder?.id !== before.foc.id) {
    const last = holder ? 'ReassignAction Accepted' : 'SimpleStatus Open';
    expect(`${logs.at(-1)?.cardType} ${logs.at(-1)?.statusName}`).to.equal(last);
  }
  expect(after.updatedAt >= before.updatedAt).to.equal(true);
};

const seenCommands = new Set<string>();
const seenStatuses = new Set<string>();

/** Plays one step on both; the ticket it leads to. */
const playStep = (ticket: Ticket, model: Model, dice: Dice, now: number, id: string): Ticket => {
  const judged = pairs.map((pair) => {
    const given = modelCommand(pair.name, dice, model);
    return { ...pair, given, verdict: model.judge(given, pair.actor, now) };
  });
  const possible = judged.filter(
    ({ name, verdict }) => verdict === 'ok' && (dice.isRare || !RARE.has(name)),
  );
  const from = dice.isFree || possible.length === 0 ? judged : possible;
  const names = [...new Set(from.map(({ name }) => name))];
  const byName = from.filter(({ name }) => name === names[dice.choice % names.length]);
  const chosen = byName[dice.choice % byName.length];
  if (!chosen) throw new Error('there is always something to choose from');
  const { given, actor, verdict } = chosen;
  const decision = decide(realCommand(given), ticket, actor, { now: new Date(now), newId: id });
  const said = decision.ok ? 'ok' : decision.refusal;
  expect(said, `${given.name} by ${actor.role} of ${ticket.latestStatus}`).to.equal(verdict);
  if (!decision.ok) return ticket;
  model.act(given, actor, now, id);
  const after = freeze(ticketSchema.strict().parse({ ...ticket, ...decision.patch }));
  const label = `${given.name} by ${actor.role}, after ${ticket.latestStatus}`;
  expect(after, label).to.deep.include(shownBy(model));
  expect(after.foc?.id ?? null).to.equal(model.holder);
  expectSound(ticket, after);
  seenCommands.add(given.name);
  seenStatuses.add(ticket.latestStatus).add(after.latestStatus);
  return after;
};

/** Short openings in Jakarta, whose clocks are seven hours ahead; a holiday is the second day. */
const OPENINGS = ['08:00-09:30', '11:00-12:00', '13:00-17:00'];
const calendar: SlaCalendar = {
  timeZone: 'Asia/Jakarta',
  hours: {
    monday: OPENINGS,
    tuesday: OPENINGS,
    wednesday: OPENINGS,
    thursday: OPENINGS,
    friday: OPENINGS,
    saturday: ['08:00-08:01'],
    sunday: [],
  },
  holidays: ['2026-11-03'],
};

const isOpen = (at: number): boolean => {
  const wall = new Date(at + 7 * 3_600_000);
  const minute = wall.getUTCHours() * 60 + wall.getUTCMinutes();
  if (wall.getUTCDay() === 0 || wall.toISOString().startsWith('2026-11-03')) return false;
  if (wall.getUTCDay() === 6) return minute === 480;
  return (
    (minute >= 480 && minute < 570) ||
    (minute >= 660 && minute < 720) ||
    (minute >= 780 && minute < 1020)
  );
};

type Kind = 'open' | 'draft' | 'without client' | 'in business hours' | 'impatient';

const startOf = (kind: Kind): readonly [Ticket, Model] => {
  const at = START.getTime();
  if (kind === 'draft') {
    const planned = minute(90);
    const ticket = opened({ isDraft: true, publishedAt: planned.toISOString() });
    return [ticket, new Model(at, 240, planned.getTime())];
  }
  if (kind === 'in business hours') {
    const calendars = { ...policy.calendars, West: calendar };
    return [opened({}, { ...policy, calendars }), new Model(at, 240, null, isOpen)];
  }
  if (kind === 'impatient') {
    const under = { ...policy, escalation: impatient };
    return [opened({}, under), new Model(at, 240, null, undefined, IMPATIENT)];
  }
  return kind === 'open'
    ? [opened(), new Model(at, 240, null)]
    : [
        opened({ client: null, address: 'Jl. Braga 9', customerType: 'Broadband' }),
        new Model(at, 0, null),
      ];
};

describe('any commands by anyone at any time', () => {
  it('leave a ticket as a second, simple model predicts, with its invariants true', function () {
    this.timeout(60_000);
    const kinds = fc.constantFrom<Kind>(
      'open',
      'draft',
      'without client',
      'in business hours',
      'impatient',
    );
    const steps = fc.array(step, { maxLength: 45, size: 'max' });
    // Half of them are the same each time, and reach every command whatever the others do.
    const examples = fc.sample(fc.tuple(kinds, steps), { seed: SEED, numRuns: RUNS / 2 });
    const run = fc.property(kinds, steps, (kind, dice) => {
      const [start, model] = startOf(kind);
      let ticket = start;
      let now = START.getTime();
      dice.forEach((each, index) => {
        now += each.wait;
        ticket = playStep(ticket, model, each, now, uuid(index + 2));
      });
    });
    fc.assert(run, { numRuns: RUNS, examples });
  });

  it('reach every status and succeed with every command', () => {
    expect([...seenCommands]).to.have.members([...COMMANDS]);
    expect([...seenStatuses]).to.have.members([
      'Draft',
      'Open',
      'Accepted',
      'OnTheWay',
      'CheckedIn',
      'OnGoing',
      'Pending',
      'Closed',
    ]);
  });
});
