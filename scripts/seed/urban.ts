import { callerOf } from '../../functions/src/desks/urban/people.ts';
import { tickets } from '../../functions/src/desks/urban/records.ts';
import type { Ticket } from '../../functions/src/desks/urban/domain/schemas.ts';
import {
  type Caller,
  type Command,
  decide,
  openTicket,
} from '../../functions/src/desks/urban/domain/ticket.ts';
import type {
  Category,
  Permission,
  Status,
} from '../../functions/src/desks/urban/domain/vocabulary.ts';
import { createMissing } from './create-missing.ts';
import type { DemoPerson, DeskSeed } from './desk-seed.ts';
import { idOf } from './ids.ts';
import { personOf } from './people.ts';

const person = (
  email: string,
  name: string,
  nik: string,
  role: string,
  permissions: readonly Permission[] = [],
) =>
  ({
    email: `${email}@crewline.test`,
    name,
    nik,
    phoneNumber: `08130000${nik}`,
    shown: { role: `city services: ${role}` },
    access: { urban: { permissions: [...permissions], active: true } },
  }) satisfies DemoPerson;

const CITIZEN = person('citizen', 'Ratna Wulandari', '4001', 'citizen');
const CITIZEN2 = person('citizen2', 'Hendra Kusuma', '4002', 'citizen');
const TECHNICIAN = person('technician', 'Joko Susilo', '4003', 'technician');
const READER = person('urban.reader', 'Dewi Lestari', '4004', 'ticket:read', ['ticket:read']);
const ADMIN = person('urban.admin', 'Bambang Hartono', '4005', 'all permissions', [
  'ticket:read',
  'ticket:write',
  'ticket:delete',
]);

type Step = readonly [after: number, by: DemoPerson, to: Status | DemoPerson, notes?: string];

interface Story {
  readonly by: DemoPerson;
  /** Minutes before now at which it was opened; the steps count from then. */
  readonly ago: number;
  readonly category: Category;
  readonly title: string;
  readonly description: string;
  readonly notes?: string;
  /** How many minutes after the step before, who, and the new status or technician. */
  readonly steps: readonly Step[];
}

const STORIES: readonly Story[] = [
  {
    by: CITIZEN,
    ago: 7200,
    category: 'ELECTRICITY',
    title: 'Street light out at the corner',
    description: 'The lamp at Jl. Cendana and Jl. Melati has been dark for three nights.',
    steps: [
      [120, ADMIN, TECHNICIAN],
      [1500, TECHNICIAN, 'COMPLETED', 'Replaced the lamp and the timer.'],
    ],
  },
  {
    by: CITIZEN2,
    ago: 5800,
    category: 'WATER',
    title: 'No water on the fourth floor',
    description: 'Since this morning nothing comes from the taps of 4A to 4F.',
    notes: 'Two families with babies.',
    steps: [
      [30, ADMIN, TECHNICIAN],
      [240, ADMIN, 'CANCELLED', 'The water company is at it; their pump had failed.'],
    ],
  },
  {
    by: CITIZEN,
    ago: 4400,
    category: 'WASTE',
    title: 'Bins not emptied',
    description: 'The bins behind block C are full since Monday.',
    steps: [[300, CITIZEN, 'CANCELLED', 'They came in the afternoon.']],
  },
  {
    by: CITIZEN2,
    ago: 1700,
    category: 'MAINTENANCE',
    title: 'Elevator Issue - Floor 3',
    description: 'Broken elevator',
    notes: 'Urgent issue',
    steps: [[60, ADMIN, TECHNICIAN]],
  },
  {
    by: CITIZEN,
    ago: 600,
    category: 'INTERNET',
    title: 'No Wi-Fi in the library',
    description: 'The network of the reading room is gone; the one of the hall works.',
    steps: [[90, ADMIN, TECHNICIAN]],
  },
  {
    by: CITIZEN,
    ago: 200,
    category: 'SECURITY',
    title: 'Gate does not close',
    description: 'The gate to the car park stays open after dark.',
    steps: [],
  },
  {
    by: CITIZEN2,
    ago: 45,
    category: 'GAS',
    title: 'Smell of gas in the stairwell',
    description: 'Between the first and second floor of block B; the main valve is shut.',
    notes: 'Urgent issue',
    steps: [],
  },
];

const before = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * 60_000);

const callerFor = (who: DemoPerson, now: Date): Caller => {
  const caller = callerOf(personOf(who, now));
  if (caller === undefined) throw new Error(`${who.email} has no access to the city services`);
  return caller;
};

const commandOf = ([, , to, notes]: Step, now: Date): Command =>
  typeof to === 'string'
    ? { name: 'setStatus', asked: { status: to, ...(notes === undefined ? {} : { notes }) } }
    : { name: 'assign', technician: callerFor(to, now).self };

/** All tickets, as the desk's own decisions leave them. */
export const urbanTicketsAt = (now: Date): Ticket[] =>
  STORIES.map(({ by, ago, steps, notes = null, ...words }) => {
    const asked = { ...words, notes, attachments: [] };
    let at = ago;
    let ticket = openTicket(
      asked,
      callerFor(by, now),
      idOf(`urban ticket ${words.title}`),
      before(now, at),
    );
    for (const step of steps) {
      at -= step[0];
      const decision = decide(
        commandOf(step, now),
        ticket,
        callerFor(step[1], now),
        before(now, at),
      );
      if (!decision.ok) {
        throw new Error(`the demo ticket ${words.title} does not go its way`);
      }
      ticket = { ...ticket, ...decision.patch };
    }
    return ticket;
  });

export const urbanSeed: DeskSeed = {
  people: [CITIZEN, CITIZEN2, TECHNICIAN, READER, ADMIN],
  fill: (store, now) =>
    createMissing(
      store,
      urbanTicketsAt(now).map((each) => tickets.create(each.id, each)),
    ),
};
