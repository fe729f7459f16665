import { expect } from 'chai';
import { COMMANDS, refusalsOf, rolesOf } from './moves.ts';
import type { Ticket } from './schemas.ts';
import { maySee } from './sight.ts';
import type { Actor } from './ticket.ts';
import {
  admin,
  answer,
  boss,
  boss2,
  bossEast,
  clock,
  command,
  foc,
  foc2,
  focEast,
  give,
  minute,
  noc,
  nocEast,
  opened,
  play,
  ticketIn,
} from '../../../../test/desks/cgs/fixtures.ts';
import { IN_PROGRESS, TICKET_STATUSES, WORKING } from './vocabulary.ts';

/** Written from the contract's two tables, and from nothing in the code. A letter for each actor:
 * SuperAdmin, NOC, NOC of another region; the supervisor who holds the ticket, another one, one of
 * another region; the same three for a FOC; the clock, late enough for every timer. */
const LETTERS = {
  '+': 'done',
  '?': 'asked',
  f: 'ticket/forbidden',
  n: 'ticket/not-found',
  y: 'ticket/not-yours',
  c: 'ticket/closed',
  o: 'ticket/not-open',
  a: 'ticket/already-accepted',
  s: 'ticket/wrong-status',
  w: 'ticket/awaiting-validation',
  e: 'evidence/not-found',
  d: 'ticket/not-due',
} as const;

const working = WORKING.join(' ');
const inProgress = IN_PROGRESS.join(' ');
const holderOnly = (from: string, elsewhere: string, verdict: '+' | '?') => ({
  Draft: 'fff nnn nnn f',
  Open: 'fff yyn yyn f',
  [from]: `fff ${verdict}yn ${verdict}nn f`,
  ...(elsewhere && { [elsewhere]: 'fff syn snn f' }),
  Closed: 'fff cnn cnn f',
});

const EXPECTED: Record<string, Record<string, string>> = {
  publish: {
    Draft: '++n fff fff +',
    [`Open ${inProgress}`]: 'ssn fff fff s',
    Closed: 'ccn fff fff c',
  },
  accept: {
    Draft: 'fff nnn nnn f',
    Open: 'fff ++n ++n f',
    [inProgress]: 'fff aan aan f',
    Closed: 'fff oon oon f',
  },
  assign: {
    Draft: 'sff nnn fff f',
    [`Open ${inProgress}`]: '+ff ++n fff f',
    Closed: 'cff cnn fff f',
  },
  reassign: holderOnly(inProgress, '', '?'),
  onTheWay: holderOnly('Accepted', 'OnTheWay CheckedIn OnGoing Pending', '+'),
  checkedIn: holderOnly('OnTheWay', 'Accepted CheckedIn OnGoing Pending', '?'),
  checking: holderOnly('CheckedIn OnGoing', 'Accepted OnTheWay Pending', '+'),
  pullingCable: holderOnly('CheckedIn OnGoing', 'Accepted OnTheWay Pending', '+'),
  jointing: holderOnly('CheckedIn OnGoing', 'Accepted OnTheWay Pending', '+'),
  tidying: holderOnly('CheckedIn OnGoing', 'Accepted OnTheWay Pending', '+'),
  linkChecking: holderOnly('OnGoing', 'Accepted OnTheWay CheckedIn Pending', '?'),
  finishing: holderOnly('OnGoing', 'Accepted OnTheWay CheckedIn Pending', '?'),
  pending: {
    Draft: 'ssn nnn nnn f',
    Open: 'ssn yyn yyn f',
    [working]: '++n ?yn ?nn f',
    Pending: 'ssn syn snn f',
    Closed: 'ccn cnn cnn f',
  },
  resume: {
    Draft: 'ssn nnn nnn s',
    Open: 'ssn yyn yyn s',
    [working]: 'ssn syn snn s',
    Pending: '++n +yn +nn +',
    Closed: 'ccn cnn cnn c',
  },
  cancel: {
    Draft: '++n nnn nnn f',
    Open: '++n yyn yyn f',
    [inProgress]: '++n ?yn ?nn f',
    Closed: 'ccn cnn cnn f',
  },
  closeByIncident: {
    Draft: 'ssn fff fff f',
    [`Open ${inProgress}`]: '++n fff fff f',
    Closed: 'ccn fff fff f',
  },
  validate: {
    [`Draft Open ${inProgress}`]: 'een fff fff f',
    Closed: 'ccn fff fff f',
  },
  note: {
    Draft: '++n nnn nnn f',
    Open: '++n ++n yyn f',
    [inProgress]: '++n ++n +nn f',
    Closed: '++n +nn +nn f',
  },
  release: {
    'Draft Open OnTheWay CheckedIn OnGoing Pending': 'fff fff fff s',
    Accepted: 'fff fff fff d',
    Closed: 'fff fff fff c',
  },
  warn: {
    'Draft Pending': 'fff fff fff s',
    [`Open ${working}`]: 'fff fff fff +',
    Closed: 'fff fff fff c',
  },
  breach: {
    'Draft Pending': 'fff fff fff s',
    [`Open ${working}`]: 'fff fff fff +',
    Closed: 'fff fff fff c',
  },
};

/** The same, while a check-in waits on an OnTheWay ticket. */
const WAITING: Record<string, string> = {
  publish: 'wwn fff fff w',
  accept: 'fff aan aan f',
  assign: '+ff ++n fff f',
  reassign: 'fff wyn wnn f',
  onTheWay: 'fff wyn wnn f',
  checkedIn: 'fff wyn wnn f',
  checking: 'fff wyn wnn f',
  pullingCable: 'fff wyn wnn f',
  jointing: 'fff wyn wnn f',
  tidying: 'fff wyn wnn f',
  linkChecking: 'fff wyn wnn f',
  finishing: 'fff wyn wnn f',
  pending: '++n wyn wnn f',
  resume: 'wwn wyn wnn s',
  cancel: '++n wyn wnn f',
  closeByIncident: '++n fff fff f',
  validate: '++n fff fff f',
  note: '++n ++n +nn f',
  release: 'fff fff fff w',
  warn: 'fff fff fff +',
  breach: 'fff fff fff +',
};

const STATUSES = TICKET_STATUSES.filter((status) => status !== 'Canceled');
const LATE = 10_000;

type Column = readonly [name: string, actor: Actor, holder: typeof boss];
const COLUMNS: readonly Column[] = [
  ['a SuperAdmin', admin, foc],
  ['a NOC', noc, foc],
  ['a NOC of another region', nocEast, foc],
  ['the supervisor who holds it', boss, boss],
  ['another supervisor', boss2, boss],
  ['a supervisor of another region', bossEast, boss],
  ['the FOC who holds it', foc, foc],
  ['another FOC', foc2, foc],
  ['a FOC of another region', focEast, foc],
  ['the clock', clock, foc],
];
const TICKETS = new Map([boss, foc].map((holder) => [holder, ticketIn(holder)]));

const lookUp = (rows: Record<string, string>, status: string): string[] => {
  const cells = Object.entries(rows).filter(([statuses]) => statuses.split(' ').includes(status));
  expect(cells, `one row for ${status}`).to.have.lengthOf(1);
  return [...(cells[0]?.[1] ?? '').replaceAll(' ', '')];
};

const outcome = (name: (typeof COMMANDS)[number], ticket: Ticket, actor: Actor): string => {
  const given = name === 'validate' && ticket.needValidate ? answer(ticket, true) : command[name];
  const decision = give(given, ticket, actor, LATE);
  if (!decision.ok) {
    const isAdmitted = rolesOf(name).some((role) => role === actor.role);
    if (isAdmitted) expect(refusalsOf(name)).to.include(decision.refusal);
    return decision.refusal;
  }
  return decision.patch.needValidate && !ticket.needValidate ? 'asked' : 'done';
};

const expectRow = (
  name: (typeof COMMANDS)[number],
  letters: readonly string[],
  ticketFor: (holder: typeof boss) => Ticket | undefined,
) => {
  expect(letters).to.have.lengthOf(COLUMNS.length);
  const actual = COLUMNS.map(([who, actor, holder]) => {
    const ticket = ticketFor(holder);
    return `${who}: ${ticket && outcome(name, ticket, actor)}`;
  });
  const meaning = new Map<string, string>(Object.entries(LETTERS));
  const expected = COLUMNS.map(([who], index) => `${who}: ${meaning.get(letters[index] ?? '')}`);
  expect(actual).to.deep.equal(expected);
};

describe('every command by everyone in every status', () => {
  it('has an expectation for every command', () => {
    expect(Object.keys(EXPECTED)).to.have.members([...COMMANDS]);
    expect(Object.keys(WAITING)).to.have.members([...COMMANDS]);
  });

  for (const name of COMMANDS) {
    for (const status of STATUSES) {
      it(`${name} of a ${status} ticket is done, asked or refused as the contract says`, () => {
        const letters = lookUp(EXPECTED[name] ?? {}, status);
        expectRow(name, letters, (holder) => TICKETS.get(holder)?.[status]);
      });
    }
    it(`${name} answers as the contract says while a request waits`, () => {
      const letters = [...(WAITING[name] ?? '').replaceAll(' ', '')];
      expectRow(name, letters, (holder) => {
        const ticket = TICKETS.get(holder)?.OnTheWay;
        return ticket && play(ticket, [command.checkedIn, holder, 20]);
      });
    });
  }

  it('allows only assign and validate while a request to be replaced waits', () => {
    const ticket = play(ticketIn(foc).OnTheWay, [command.reassign, foc, 20]);
    expect(outcome('assign', ticket, boss)).to.equal('done');
    expect(outcome('assign', ticket, admin)).to.equal('done');
    expect(outcome('checkedIn', ticket, foc)).to.equal('ticket/awaiting-validation');
  });

  it('lets the clock end a pending while a request waits, but no person', () => {
    const ticket = play(ticketIn(foc).Pending, [command.cancel, foc, 21]);
    expect(outcome('resume', ticket, clock)).to.equal('done');
    for (const actor of [admin, noc, foc]) {
      expect(outcome('resume', ticket, actor)).to.equal('ticket/awaiting-validation');
    }
  });
});

/** y: sees it, -: does not; the people of the table above in their order. */
const SIGHT: Record<string, string> = {
  Draft: 'yy- --- ---',
  Open: 'yy- yy- yy-',
  [inProgress]: 'yy- yy- y--',
  Closed: 'yy- y-- y--',
};

describe('maySee', () => {
  for (const status of STATUSES) {
    it(`shows a ${status} ticket to exactly the people that the contract names`, () => {
      const letters = lookUp(SIGHT, status);
      const seen = COLUMNS.slice(0, 9).map(([, actor, holder]) => {
        const ticket = TICKETS.get(holder)?.[status];
        return ticket && maySee(ticket, actor) ? 'y' : '-';
      });
      expect(seen).to.deep.equal(letters);
    });
  }

  it('lets the clock see every ticket', () => {
    expect(maySee(opened({ isDraft: true, publishedAt: minute(9).toISOString() }), clock)).to.equal(
      true,
    );
  });
});
