import { counterOf } from '../../functions/src/desks/isp/records.ts';
import {
  PRIORITY,
  type Priority,
  type Role,
  STATUS,
  type Status,
} from '../../functions/src/desks/isp/domain/vocabulary.ts';
import { type DemoPerson, emailOf } from './people.ts';
import { type DeskSeed, LONG_AGO, type Step } from './play.ts';

const person = (
  [email, name, nik]: readonly [string, string, string],
  shown: string,
  role: Role,
  [userId, ispId, branchIds]: readonly [number, number, readonly number[]],
): DemoPerson => ({
  email: emailOf(email),
  name,
  nik,
  phoneNumber: `08130000${nik}`,
  shown: { role: shown },
  access: { isp: { role, userId, ispId, branchIds, active: true } },
});

const STAFF = 'isp.staff';
const OTHER = 'isp.other';
const ADMIN = 'isp.admin';

/** What staff do in a branch: ISP 1 has branches 1 and 2, ISP 2 has branch 3. */
const branch = (branch_id: number) => {
  const isp_id = branch_id === 3 ? 2 : 1;
  const by = branch_id === 3 ? OTHER : STAFF;
  const place = { isp_id, branch_id, user_id: isp_id };
  const step = (ago: number, request: (id: string) => string, body: object): Step => [
    ago,
    by,
    ({ send }, id) => send(request(id), { ...place, ...body }),
  ];
  return {
    add: (ago: number, name: string, phone: string | null, address: string | null) =>
      step(ago, () => 'POST /api/v1/subscribers', { name, phone, address }),
    open: (
      ago: number,
      subscriber_id: number | null,
      priority: Priority,
      title: string,
      description: string,
    ) => step(ago, () => 'POST /api/v1/tickets', { subscriber_id, priority, title, description }),
    say: (ago: number, message: string) =>
      step(ago, (id) => `POST /api/v1/tickets/${id}/reply`, { message }),
    set: (ago: number, status: Status) =>
      step(ago, (id) => `PUT /api/v1/tickets/${id}/status`, { status }),
  };
};

const [one, two, other] = [branch(1), branch(2), branch(3)];

/** In the order of their numbers, all of ISP 1. */
const SUBSCRIBERS: readonly Step[] = [
  one.add(LONG_AGO, 'Budi Santoso', '081311110001', 'Jl. Melati 12'),
  one.add(LONG_AGO, 'Sri Handayani', '081311110002', 'Jl. Kenanga 4'),
  one.add(LONG_AGO, 'Toko Maju Jaya', '081311110003', 'Jl. Pasar Baru 88'),
  two.add(LONG_AGO, 'Agus Setiawan', '081311110004', 'Perumahan Asri D-7'),
  two.add(LONG_AGO, 'Klinik Sehat Ibu', null, null),
];

const { low, medium, high } = PRIORITY;

/** In the order in which they were opened and numbered. */
const TICKETS: readonly (readonly Step[])[] = [
  [
    one.open(
      4320,
      2,
      low,
      'Bill shows the old package',
      'The November bill is for 50 Mbps; the line was moved to 30 Mbps in October.',
    ),
    one.say(4275, 'Billing has the case; a corrected bill follows by e-mail.'),
    one.set(4274, STATUS.inProgress),
    one.say(2974, 'The corrected bill is sent.'),
    one.set(2972, STATUS.resolved),
    one.set(2372, STATUS.closed),
  ],
  [
    other.open(
      2900,
      null,
      medium,
      'Router asks for a password again and again',
      'Since the power cut the PPPoE session drops every few minutes.',
    ),
    other.say(2870, 'Please leave the router off for ten minutes, then call us.'),
  ],
  [
    two.open(
      1500,
      4,
      medium,
      'Slow in the evenings',
      'From 19:00 to 22:00 the speed falls to 3 Mbps, by cable as well.',
    ),
    two.set(1480, STATUS.inProgress),
    two.say(1475, 'We moved the line to another port; please watch it tonight.'),
    two.say(575, 'Measured 28 Mbps at 20:15.'),
    two.set(574, STATUS.resolved),
  ],
  [
    one.open(
      300,
      3,
      high,
      'No connection in the shop',
      'The LOS lamp of the modem is red since 09:40; card payments do not work.',
    ),
    one.set(292, STATUS.inProgress),
    one.say(290, 'We are looking into this.'),
    one.say(255, 'A crew is on its way; they should be there by noon.'),
  ],
  [
    two.open(
      90,
      5,
      low,
      'Wi-Fi does not reach the waiting room',
      'The clinic asks for a second access point.',
    ),
  ],
  [one.open(25, 1, medium, 'Connection Issue', 'Cannot connect to internet')],
];

/** The counter of a kind of record: once it exists, no record of that kind is created again. */
const counterPath = (kind: 'subscriber' | 'ticket' | 'reply'): string => {
  const { collection, id } = counterOf(kind)();
  return `${collection}/${id}`;
};

export const ispSeed: DeskSeed = {
  people: [
    person([STAFF, 'Maya Puspita', '3001'], 'staff of ISP 1, branches 1 and 2', 'staff', [
      1,
      1,
      [1, 2],
    ]),
    person([OTHER, 'Gilang Ramadhan', '3002'], 'staff of ISP 2, branch 3', 'staff', [2, 2, [3]]),
    person([ADMIN, 'Dian Kartika', '3003'], 'admin of ISP 1, branches 1 and 2', 'admin', [
      3,
      1,
      [1, 2],
    ]),
  ],
  stories: [
    { unless: [counterPath('subscriber')], steps: SUBSCRIBERS },
    ...TICKETS.map((steps) => ({
      unless: [counterPath('ticket'), counterPath('reply')],
      steps,
    })),
  ],
};
