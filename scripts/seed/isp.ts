import { counterOf } from '../../functions/src/desks/isp/records.ts';
import {
  PRIORITY,
  type Priority,
  STATUS,
  type Status,
} from '../../functions/src/desks/isp/domain/vocabulary.ts';
import { type DemoPerson, emailOf } from './people.ts';
import { type Act, type DeskSeed, LONG_AGO, type Step } from './play.ts';

const person = (
  [email, name, nik]: readonly [string, string, string],
  role: string,
  [userId, ispId, branchIds]: readonly [number, number, readonly number[]],
): DemoPerson => ({
  email: emailOf(email),
  name,
  nik,
  phoneNumber: `08130000${nik}`,
  shown: { role },
  access: { isp: { userId, ispId, branchIds, active: true } },
});

const STAFF = 'isp.staff';
const OTHER = 'isp.other';

/** In the order of their numbers, all of ISP 1: branch, name, phone and address. */
const SUBSCRIBERS = [
  [1, 'Budi Santoso', '081311110001', 'Jl. Melati 12'],
  [1, 'Sri Handayani', '081311110002', 'Jl. Kenanga 4'],
  [1, 'Toko Maju Jaya', '081311110003', 'Jl. Pasar Baru 88'],
  [2, 'Agus Setiawan', '081311110004', 'Perumahan Asri D-7'],
  [2, 'Klinik Sehat Ibu', null, null],
] as const;

/** Where somebody is when they act: staff of ISP 1 in this branch, or of ISP 2 in its branch 3. */
const at = (branch: number) => ({
  isp_id: branch === 3 ? 2 : 1,
  branch_id: branch,
  user_id: branch === 3 ? 2 : 1,
});

const add =
  ([branch, name, phone, address]: (typeof SUBSCRIBERS)[number]): Act =>
  ({ send }) =>
    send('POST /api/v1/subscribers', { ...at(branch), name, phone, address });

interface Told {
  readonly branch: 1 | 2 | 3;
  readonly ago: number;
  readonly subscriber: number | null;
  readonly title: string;
  readonly description: string;
  readonly priority: Priority;
  /** What was said or set how many minutes before the seed. */
  readonly steps: readonly (readonly [ago: number, done: string | Status])[];
}

/** In the order of their opening, which is that of their numbers. */
const TOLD: readonly Told[] = [
  {
    branch: 1,
    ago: 4320,
    subscriber: 2,
    title: 'Bill shows the old package',
    description: 'The November bill is for 50 Mbps; the line was moved to 30 Mbps in October.',
    priority: PRIORITY.low,
    steps: [
      [4275, 'Billing has the case; a corrected bill follows by e-mail.'],
      [4274, STATUS.inProgress],
      [2974, 'The corrected bill is sent.'],
      [2972, STATUS.resolved],
      [2372, STATUS.closed],
    ],
  },
  {
    branch: 3,
    ago: 2900,
    subscriber: null,
    title: 'Router asks for a password again and again',
    description: 'Since the power cut the PPPoE session drops every few minutes.',
    priority: PRIORITY.medium,
    steps: [[2870, 'Please leave the router off for ten minutes, then call us.']],
  },
  {
    branch: 2,
    ago: 1500,
    subscriber: 4,
    title: 'Slow in the evenings',
    description: 'From 19:00 to 22:00 the speed falls to 3 Mbps, by cable as well.',
    priority: PRIORITY.medium,
    steps: [
      [1480, STATUS.inProgress],
      [1475, 'We moved the line to another port; please watch it tonight.'],
      [575, 'Measured 28 Mbps at 20:15.'],
      [574, STATUS.resolved],
    ],
  },
  {
    branch: 1,
    ago: 300,
    subscriber: 3,
    title: 'No connection in the shop',
    description: 'The LOS lamp of the modem is red since 09:40; card payments do not work.',
    priority: PRIORITY.high,
    steps: [
      [292, STATUS.inProgress],
      [290, 'We are looking into this.'],
      [255, 'A crew is on its way; they should be there by noon.'],
    ],
  },
  {
    branch: 2,
    ago: 90,
    subscriber: 5,
    title: 'Wi-Fi does not reach the waiting room',
    description: 'The clinic asks for a second access point.',
    priority: PRIORITY.low,
    steps: [],
  },
  {
    branch: 1,
    ago: 25,
    subscriber: 1,
    title: 'Connection Issue',
    description: 'Cannot connect to internet',
    priority: PRIORITY.medium,
    steps: [],
  },
];

const stepsOf = ({ branch, ago, subscriber, steps, ...words }: Told): Step[] => {
  const by = branch === 3 ? OTHER : STAFF;
  const place = at(branch);
  const open: Act = ({ send }) =>
    send('POST /api/v1/tickets', { ...place, ...words, subscriber_id: subscriber });
  const act =
    (done: string | Status): Act =>
    ({ send }, id) =>
      typeof done === 'string'
        ? send(`POST /api/v1/tickets/${id}/reply`, { ...place, message: done })
        : send(`PUT /api/v1/tickets/${id}/status`, { ...place, status: done });
  return [[ago, by, open], ...steps.map(([when, done]): Step => [when, by, act(done)])];
};

/** The document that counts a kind of record: nothing of it is made again once it counts. */
const counterPath = (kind: 'subscriber' | 'ticket' | 'reply'): string => {
  const { collection, id } = counterOf(kind)();
  return `${collection}/${id}`;
};

export const ispSeed: DeskSeed = {
  people: [
    person([STAFF, 'Maya Puspita', '3001'], 'staff of ISP 1, branches 1 and 2', [1, 1, [1, 2]]),
    person([OTHER, 'Gilang Ramadhan', '3002'], 'staff of ISP 2, branch 3', [2, 2, [3]]),
  ],
  stories: [
    {
      unless: [counterPath('subscriber')],
      steps: SUBSCRIBERS.map((each, index) => [LONG_AGO - index, STAFF, add(each)]),
    },
    ...TOLD.map((told) => ({
      unless: [counterPath('ticket'), counterPath('reply')],
      steps: stepsOf(told),
    })),
  ],
};
