import { expect } from 'chai';
import fc from 'fast-check';
import { NOTICE_KINDS, noticesOf, type Recipient } from './notices.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './moves.ts';
import type { Ticket } from './schemas.ts';
import type { Actor } from './ticket.ts';
import {
  admin,
  after,
  answer,
  boss,
  clock,
  command,
  foc,
  foc2,
  foc3,
  give,
  minute,
  noc,
  opened,
  play,
  policy,
  ticketIn,
} from '../../../../test/desks/cgs/fixtures.ts';
import { impatient } from '../../../../test/desks/cgs/model-patience.ts';

const nameOf = (to: Recipient): string => ('uid' in to ? to.uid : `${to.role} ${to.region}`);

/** Who is told what, as `kind: people`. */
const told = (before: Ticket | undefined, now: Ticket | undefined): string[] =>
  noticesOf(before, now).map(({ kind, to }) => `${kind}: ${to.map(nameOf).join(', ')}`);
/** The same of a command that is given at a minute. */
const toldOf = (before: Ticket, given: Command, by: Actor, at: number): string[] =>
  told(before, after(given, before, by, at));

const held = ticketIn(foc);
const CREWS = 'FOC West, FOCSupervisor West';
const STAFF = 'NOC West, FOCSupervisor West';
const impatiently = opened({}, { ...policy, escalation: impatient });
const accepted = after(command.accept, impatiently, foc, 2);
const ofIncident = (ticket: Ticket): Ticket => ({
  ...ticket,
  incident: { id: 'incident-1', title: 'Backbone cut' },
});
const asks = (given: Command, before = held.OnTheWay) => after(given, before, foc, 20);

describe('the notices of a ticket', () => {
  const rows: readonly (readonly [
    what: string,
    of: () => string[],
    expected: readonly string[],
  ])[] = [
    ['is opened', () => told(undefined, held.Open), [`opened: ${CREWS}`]],
    ['is saved as a draft', () => told(undefined, held.Draft), []],
    ['is published', () => toldOf(held.Draft, command.publish, noc, 5), [`opened: ${CREWS}`]],
    [
      'is a draft that is canceled',
      () => toldOf(held.Draft, command.cancel, noc, 5),
      [`canceled: ${noc.id}`],
    ],
    ['is accepted', () => toldOf(held.Open, command.accept, foc, 5), [`assigned: ${foc.id}`]],
    ['is assigned', () => toldOf(held.Open, command.assign, boss, 5), [`assigned: ${foc3.id}`]],
    [
      'is given to another FOC',
      () => toldOf(held.OnTheWay, command.assign, boss, 25),
      [`assigned: ${foc3.id}`, `takenOver: ${foc.id}`],
    ],
    [
      'is given to another FOC as asked for',
      () => toldOf(asks(command.reassign), command.assign, boss, 25),
      [`assigned: ${foc3.id}`, `takenOver: ${foc.id}`],
    ],
    [
      'is given to another FOC although something else was asked for',
      () => toldOf(asks(command.checkedIn), command.assign, boss, 25),
      [`assigned: ${foc3.id}`, `takenOver: ${foc.id}`],
    ],
    ['is under way', () => toldOf(held.Accepted, command.onTheWay, foc, 10), []],
    ['gets a task', () => toldOf(held.CheckedIn, command.jointing, foc, 40), []],
    [
      'has an arrival to validate',
      () => told(held.OnTheWay, asks(command.checkedIn)),
      ['requested: NOC West'],
    ],
    [
      'has a FOC who asks to be replaced',
      () => told(held.OnTheWay, asks(command.reassign)),
      [`requested: ${STAFF}`],
    ],
    [
      'is approved',
      () => told(asks(command.checkedIn), play(asks(command.checkedIn), ['approve', noc, 25])),
      [`approved: ${foc.id}`],
    ],
    [
      'is refused',
      () => told(asks(command.checkedIn), play(asks(command.checkedIn), ['refuse', noc, 25])),
      [`refused: ${foc.id}`],
    ],
    [
      'is paused as asked for',
      () => told(asks(command.pending), play(asks(command.pending), ['approve', noc, 25])),
      [`approved: ${foc.id}`],
    ],
    [
      'is paused by NOC',
      () => toldOf(held.OnTheWay, command.pending, noc, 20),
      [`paused: ${foc.id}`],
    ],
    [
      'is paused by NOC instead of what was asked for',
      () => toldOf(asks(command.checkedIn), command.pending, noc, 25),
      [`paused: ${foc.id}`],
    ],
    ['goes on', () => toldOf(held.Pending, command.resume, clock, 60), [`resumed: ${foc.id}`]],
    [
      'is given to another FOC during a pause',
      () => toldOf(held.Pending, command.assign, boss, 25),
      [`assigned: ${foc3.id}`, `takenOver: ${foc.id}`],
    ],
    [
      'is finished',
      () => {
        const asked = after(command.finishing, held.OnGoing, foc, 80);
        return told(asked, play(asked, ['approve', admin, 90]));
      },
      [`approved: ${foc.id}`, `closed: ${noc.id}`],
    ],
    [
      'is canceled while it is Open',
      () => toldOf(held.Open, command.cancel, admin, 20),
      [`canceled: ${noc.id}`],
    ],
    [
      'is canceled under way',
      () => toldOf(held.OnTheWay, command.cancel, admin, 20),
      [`canceled: ${noc.id}, ${foc.id}`],
    ],
    [
      'is canceled instead of what was asked for',
      () => toldOf(asks(command.checkedIn), command.cancel, admin, 25),
      [`canceled: ${noc.id}, ${foc.id}`],
    ],
    [
      'is canceled as asked for',
      () => told(asks(command.cancel), play(asks(command.cancel), ['approve', admin, 25])),
      [`approved: ${foc.id}`, `canceled: ${noc.id}`],
    ],
    [
      'gets a note',
      () => toldOf(held.OnTheWay, command.note, boss, 20),
      [`noteAdded: ${noc.id}, ${foc.id}`],
    ],
    [
      'gets a note while nobody has it',
      () => toldOf(held.Open, command.note, admin, 20),
      [`noteAdded: ${noc.id}`],
    ],
    ['is opened by an incident', () => told(undefined, ofIncident(impatiently)), []],
    [
      'is closed with its incident',
      () => toldOf(ofIncident(held.OnTheWay), command.closeByIncident, noc, 20),
      [],
    ],
    [
      'is canceled although it is of an incident',
      () => toldOf(ofIncident(held.OnTheWay), command.cancel, admin, 20),
      [`canceled: ${noc.id}, ${foc.id}`],
    ],
    [
      'is of an incident, and nobody accepts it until its SLA is over',
      () => [
        ...toldOf(ofIncident(impatiently), command.warn, clock, 12),
        ...toldOf(ofIncident(impatiently), command.breach, clock, 240),
      ],
      [],
    ],
    [
      'is of an incident, and nobody starts it',
      () => toldOf(ofIncident(accepted), command.warn, clock, 7),
      [`notStarted: ${foc.id}`],
    ],
    [
      'is not accepted',
      () => toldOf(impatiently, command.warn, clock, 3),
      ['notAccepted: FOC West'],
    ],
    [
      'is not accepted for long, or by a late clock',
      () => toldOf(impatiently, command.warn, clock, 12),
      ['notAccepted: FOC West, NOC West'],
    ],
    [
      'is not accepted for longer than before',
      () => toldOf(after(command.warn, impatiently, clock, 3), command.warn, clock, 12),
      ['notAccepted: NOC West'],
    ],
    ['is not started', () => toldOf(accepted, command.warn, clock, 7), [`notStarted: ${foc.id}`]],
    [
      'is not started for longer than before',
      () => toldOf(after(command.warn, accepted, clock, 7), command.warn, clock, 12),
      ['notStarted: FOCSupervisor West'],
    ],
    [
      'goes back to Open',
      () => toldOf(accepted, command.release, clock, 22),
      [`released: ${foc.id}, ${CREWS}`],
    ],
    [
      'goes back to Open by a late clock',
      () => toldOf(accepted, command.release, clock, 300),
      [`released: ${foc.id}, ${CREWS}`, 'notAccepted: FOC West, NOC West', `breached: ${STAFF}`],
    ],
    [
      'is due soon while nobody has it',
      () => toldOf(impatiently, command.warn, clock, 210).slice(1),
      [`dueSoon: ${STAFF}`],
    ],
    [
      'is due soon',
      () => toldOf(after(command.onTheWay, accepted, foc, 5), command.warn, clock, 210),
      [`dueSoon: ${STAFF}, ${foc.id}`],
    ],
    [
      'is over its SLA',
      () => toldOf(held.OnTheWay, command.breach, clock, 240),
      [`breached: ${STAFF}, ${foc.id}`],
    ],
    [
      'is finished too late',
      () => toldOf(held.Open, command.cancel, admin, 300),
      [`canceled: ${noc.id}`],
    ],
    ['is gone', () => told(held.Open, undefined), []],
  ];
  for (const [what, of, expected] of rows) {
    it(`tell who is concerned when it ${what}`, () => {
      expect(of()).to.deep.equal(expected);
    });
  }

  it('are each in one of these cases', () => {
    const kinds = rows.flatMap(([, of]) => of()).map((each) => each.split(':')[0]);
    expect([...new Set(kinds)]).to.have.members([...NOTICE_KINDS]);
  });

  it('name the ticket, its place, its FOC, what was asked for and the time left', () => {
    const [notice] = noticesOf(held.OnTheWay, asks(command.reassign));
    expect(notice?.values).to.deep.equal({
      ticketId: 'TRB-202611-0001',
      client: 'Warung Kopi Dago',
      area: 'BANDUNG',
      foc: foc.name,
      request: 'Reassign',
      minutes: '220',
    });
    const [released] = noticesOf(accepted, after(command.release, accepted, clock, 22));
    expect(released?.values).to.include({ foc: foc.name, request: '' });
  });
});

const ACTORS: readonly Actor[] = [admin, noc, boss, foc, foc2, clock];
const step = fc.record({
  wait: fc.oneof(fc.nat(4), fc.nat(120)),
  name: fc.constantFrom(...COMMANDS),
  actor: fc.constantFrom(...ACTORS),
  approved: fc.boolean(),
});

describe('the notices of any history', () => {
  it('are there at most once per kind, for somebody, and not at all where nothing changed', () => {
    const run = fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      let ticket = opened({}, { ...policy, escalation: impatient });
      let now = 0;
      for (const { wait, name, actor, approved } of steps) {
        now += wait;
        const given = name === 'validate' ? answer(ticket, approved) : command[name];
        const decision = give(given, ticket, actor, now);
        if (!decision.ok) continue;
        const next = { ...ticket, ...decision.patch };
        const notices = noticesOf(ticket, next);
        const kinds = notices.map(({ kind }) => kind);
        expect(new Set(kinds).size, kinds.join()).to.equal(kinds.length);
        for (const { kind, to } of notices) {
          expect(to, kind).not.to.have.length(0);
          expect(new Set(to.map(nameOf)).size, kind).to.equal(to.length);
        }
        expect(noticesOf(next, { ...next, updatedAt: minute(now + 1) })).to.deep.equal([]);
        ticket = next;
      }
    });
    fc.assert(run, { numRuns: 200 });
  });
});
