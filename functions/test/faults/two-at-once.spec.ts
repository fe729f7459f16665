import { expect } from 'chai';
import { type CgsWorld, cgsWorld, type Member, type Situation } from '../desks/cgs/world.ts';
import { at } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { type Act, asking, byClock, type Sides, startSides, trace } from '../support/two-sides.ts';

interface Cast {
  readonly noc: Member;
  readonly foc: Member;
  readonly other: Member;
  readonly boss: Member;
  /** The request that waits, if there is one. */
  readonly evidence: string;
}

/** The answers to both, the first side first, and the ticket's log afterwards. */
type End = readonly [one: string, other: string, trace: string];

interface Race {
  readonly title: string;
  readonly situation: Situation;
  /** Later than the time at which the ticket got there. */
  readonly minutesLater?: number;
  readonly sides: (path: (command: string) => string, cast: Cast) => readonly [Act, Act];
  /** The only two allowed results: the first side commits first, or the second one does. */
  readonly ends: readonly [End, End];
}

const evidence = {
  mediaUrl: 'https://media.example/link.jpg',
  remark: 'Light is back.',
  locationCoordinate: '-6.9,107.6',
};
const rain = { remark: 'Rain.', pendingCategory: 'Weather', pendingInterval: 60 };
const duplicate = { remark: 'Twice.', cancelCategory: 'Duplicate' };

const LINK_CHECKED =
  'Open Accepted OnTheWay CheckedIn CheckedIn+ Jointing LinkChecking LinkChecking+';

const RACES: readonly Race[] = [
  {
    title: 'accept × cancel by NOC: the second one acts on the result of the first',
    situation: 'Open',
    sides: (path, { foc, noc }) => [
      asking(foc, 'POST', path('ticketStatus/accept')),
      asking(noc, 'POST', path('ticketStatus/cancel'), duplicate),
    ],
    ends: [
      ['201', '201', 'Open Accepted Canceled Closed'],
      ['409 ticket/not-open', '201', 'Open Canceled Closed'],
    ],
  },
  {
    title: 'validate true × false: the first decision counts, the second is refused',
    situation: 'CheckInAsked',
    sides: (path, { noc, evidence: id }) => [
      asking(noc, 'POST', path(`validate/${id}/true`)),
      asking(noc, 'POST', path(`validate/${id}/false`)),
    ],
    ends: [
      ['200', '409 evidence/settled', 'Open Accepted OnTheWay CheckedIn CheckedIn+'],
      ['409 evidence/settled', '200', 'Open Accepted OnTheWay CheckedIn CheckedIn-'],
    ],
  },
  {
    title: 'a FOC asks for a pending × to finish: one request waits, the other is refused',
    situation: 'LinkChecked',
    sides: (path, { foc }) => [
      asking(foc, 'POST', path('ticketStatus/pending'), rain),
      asking(foc, 'POST', path('taskStatus/finishing'), evidence),
    ],
    ends: [
      ['201', '409 ticket/awaiting-validation', `${LINK_CHECKED} Pending?`],
      ['409 ticket/awaiting-validation', '201', `${LINK_CHECKED} Finishing?`],
    ],
  },
  {
    title: 'pending by NOC × a FOC asks to finish: the request is refused or settled, never lost',
    situation: 'LinkChecked',
    sides: (path, { noc, foc }) => [
      asking(noc, 'POST', path('ticketStatus/pending'), rain),
      asking(foc, 'POST', path('taskStatus/finishing'), evidence),
    ],
    ends: [
      ['201', '409 ticket/wrong-status', `${LINK_CHECKED} Pending`],
      ['201', '201', `${LINK_CHECKED} Finishing Finishing- Pending`],
    ],
  },
  {
    title: 'resume × the clock: the pending ends once',
    situation: 'Pending',
    minutesLater: 61,
    sides: (path, { noc }) => [
      asking(noc, 'POST', path('ticketStatus/resume')),
      ({ runtime }) => byClock(runtime, path('').split('/')[3] ?? '', { name: 'resume' }),
    ],
    ends: [
      ['201', 'ticket/wrong-status', 'Open Accepted Pending Accepted'],
      ['409 ticket/wrong-status', 'done', 'Open Accepted Pending Accepted'],
    ],
  },
  {
    title: 'publish × publish: the draft is published once',
    situation: 'Draft',
    sides: (path, { noc }) => [
      asking(noc, 'POST', path('publish')),
      asking(noc, 'POST', path('publish')),
    ],
    ends: [
      ['201', '409 ticket/wrong-status', 'Draft Open'],
      ['409 ticket/wrong-status', '201', 'Draft Open'],
    ],
  },
  {
    title: 'assign × accept: the ticket has one FOC, and a handover is in the log',
    situation: 'Open',
    sides: (path, { boss, other, foc }) => [
      asking(boss, 'POST', path('assign'), { focId: other.id }),
      asking(foc, 'POST', path('ticketStatus/accept')),
    ],
    ends: [
      ['201', '409 ticket/already-accepted', 'Open Accepted'],
      ['201', '201', 'Open Accepted Accepted'],
    ],
  },
  {
    title: 'assign of several × accept: the ticket has one FOC, and a handover is in the log',
    situation: 'Open',
    sides: (path, { boss, other, foc }) => {
      const [, , , id = ''] = path('').split('/');
      const body = { action: 'assign', tickets: [id], body: { focId: other.id } };
      return [
        asking(boss, 'POST', '/v1/tickets/bulk', body),
        asking(foc, 'POST', path('ticketStatus/accept')),
      ];
    },
    ends: [
      ['200', '409 ticket/already-accepted', 'Open Accepted'],
      ['200', '201', 'Open Accepted Accepted'],
    ],
  },
  {
    title: 'assign × assign: both take effect, one after the other',
    situation: 'Open',
    sides: (path, { boss, other, foc }) => [
      asking(boss, 'POST', path('assign'), { focId: other.id }),
      asking(boss, 'POST', path('assign'), { focId: foc.id }),
    ],
    ends: [
      ['201', '201', 'Open Accepted Accepted'],
      ['201', '201', 'Open Accepted Accepted'],
    ],
  },
];

const ROUNDS = 20;
const MINUTE = 60_000;

describe('two people act on one ticket at once', function () {
  this.timeout(60_000);
  let later = 0;
  const now = () => new Date(Date.now() + later * MINUTE);
  let api: TestApi;
  let world: CgsWorld;
  let sides: Sides;
  let people: Omit<Cast, 'evidence'>;

  before(async () => {
    api = await startApi({ now });
    world = cgsWorld(api);
    sides = await startSides({ now });
    const [noc, foc, other, boss] = await Promise.all([
      world.member('NOC'),
      world.member('FOC'),
      world.member('FOC'),
      world.member('FOCSupervisor'),
    ]);
    people = { noc, foc, other, boss };
  });
  beforeEach(() => {
    later = 0;
  });
  after(async () => {
    await Promise.all([api.stop(), sides.stop()]);
  });

  const stage = async ({ situation, minutesLater = 0, sides: sidesOf }: Race) => {
    later = 0;
    const id = await world.ticket(situation, people);
    const isAsked = situation === 'CheckInAsked';
    const waits = isAsked ? await world.waiting(people.noc, id) : '';
    later = minutesLater;
    const acts = sidesOf((command) => `/v1/tickets/${id}/${command}`, {
      ...people,
      evidence: waits,
    });
    const end = async ([one, other]: readonly [string, string]) =>
      [one, other, trace(await world.read(people.noc, id))] as const;
    return { id, acts, end };
  };

  for (const race of RACES) {
    it(`${race.title} (both orders)`, async () => {
      const first = await stage(race);
      expect(await first.end(await sides.ordered(first.acts))).to.deep.equal(race.ends[0]);
      const second = await stage(race);
      const [one, other] = second.acts;
      const [otherTold, oneTold] = await sides.ordered([other, one]);
      expect(await second.end([oneTold, otherTold])).to.deep.equal(race.ends[1]);
    });

    it(`${race.title} (${ROUNDS} times)`, async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const { acts, end } = await stage(race);
        const [one, other] = acts;
        const swapped = async () => {
          const [otherTold, oneTold] = await sides.free([other, one]);
          return [oneTold, otherTold] as const;
        };
        const ended = await end(round % 2 === 0 ? await sides.free(acts) : await swapped());
        expect(race.ends).to.deep.include(ended);
      }
    });
  }

  it('two edits at once: both take effect, and neither undoes the other', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await world.open(people.noc);
      const path = `/v1/tickets/${id}`;
      const race = round === 0 ? sides.ordered : sides.free;
      const outcome = await race([
        asking(people.noc, 'PUT', path, { remark: 'The gate code is 4711.' }),
        asking(people.noc, 'PUT', path, { locationRemark: 'Behind the market.' }),
      ]);
      const ticket = await world.read(people.noc, id);
      expect(outcome).to.deep.equal(['200', '200']);
      expect(at(ticket, 'remark')).to.equal('The gate code is 4711.');
      expect(at(ticket, 'locationRemark')).to.equal('Behind the market.');
    }
  });

  it('an edit × a command: both take effect', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await world.open(people.noc);
      const race = round === 0 ? sides.ordered : sides.free;
      const outcome = await race([
        asking(people.noc, 'PUT', `/v1/tickets/${id}`, { remark: 'The gate code is 4711.' }),
        asking(people.foc, 'POST', `/v1/tickets/${id}/ticketStatus/accept`),
      ]);
      const ticket = await world.read(people.noc, id);
      expect(outcome).to.deep.equal(['200', '201']);
      expect(at(ticket, 'remark')).to.equal('The gate code is 4711.');
      expect(trace(ticket)).to.equal('Open Accepted');
    }
  });
});
