import { staffOf } from '../../functions/src/desks/isp/people.ts';
import { replies, subscribers, tickets } from '../../functions/src/desks/isp/records.ts';
import type { Reply, Subscriber, Ticket } from '../../functions/src/desks/isp/domain/schemas.ts';
import {
  openTicket,
  replyTo,
  setStatus,
  type Staff,
} from '../../functions/src/desks/isp/domain/ticket.ts';
import { beginThread } from '../../functions/src/desks/isp/tickets/ticket-command.ts';
import {
  PRIORITY,
  type Priority,
  STATUS,
  type Status,
} from '../../functions/src/desks/isp/domain/vocabulary.ts';
import type { Refused } from '../../functions/src/kernel/decision.ts';
import { anyDocument, type Reads, type Write } from '../../functions/src/kernel/store/document.ts';
import { commitDecided } from './create-missing.ts';
import type { DemoPerson, DeskSeed } from './desk-seed.ts';
import { personOf } from './people.ts';

const STAFF = {
  email: 'isp.staff@crewline.test',
  name: 'Maya Puspita',
  nik: '3001',
  phoneNumber: '081300003001',
  shown: { role: 'staff of ISP 1, branches 1 and 2' },
  access: { isp: { userId: 1, ispId: 1, branchIds: [1, 2], active: true } },
} as const satisfies DemoPerson;

const OTHER = {
  email: 'isp.other@crewline.test',
  name: 'Gilang Ramadhan',
  nik: '3002',
  phoneNumber: '081300003002',
  shown: { role: 'staff of ISP 2, branch 3' },
  access: { isp: { userId: 2, ispId: 2, branchIds: [3], active: true } },
} as const satisfies DemoPerson;

/** In the order of their numbers, all of ISP 1. */
const SUBSCRIBERS = [
  { branchId: 1, name: 'Budi Santoso', phone: '081311110001', address: 'Jl. Melati 12' },
  { branchId: 1, name: 'Sri Handayani', phone: '081311110002', address: 'Jl. Kenanga 4' },
  { branchId: 1, name: 'Toko Maju Jaya', phone: '081311110003', address: 'Jl. Pasar Baru 88' },
  { branchId: 2, name: 'Agus Setiawan', phone: '081311110004', address: 'Perumahan Asri D-7' },
  { branchId: 2, name: 'Klinik Sehat Ibu', phone: null, address: null },
] as const;

interface Story {
  readonly by: DemoPerson;
  readonly place: readonly [ispId: number, branchId: number];
  /** Minutes before now at which it was opened; the steps count from then. */
  readonly ago: number;
  readonly subscriber: number | null;
  readonly title: string;
  readonly description: string;
  readonly priority: Priority;
  /** What was said or done, and how many minutes after the step before. */
  readonly steps: readonly (readonly [after: number, done: string | Status])[];
}

/** In the order of their opening, which is that of their numbers. */
const STORIES: readonly Story[] = [
  {
    by: STAFF,
    place: [1, 1],
    ago: 4320,
    subscriber: 2,
    title: 'Bill shows the old package',
    description: 'The November bill is for 50 Mbps; the line was moved to 30 Mbps in October.',
    priority: PRIORITY.low,
    steps: [
      [45, 'Billing has the case; a corrected bill follows by e-mail.'],
      [1, STATUS.inProgress],
      [1300, 'The corrected bill is sent.'],
      [2, STATUS.resolved],
      [600, STATUS.closed],
    ],
  },
  {
    by: OTHER,
    place: [2, 3],
    ago: 2900,
    subscriber: null,
    title: 'Router asks for a password again and again',
    description: 'Since the power cut the PPPoE session drops every few minutes.',
    priority: PRIORITY.medium,
    steps: [[30, 'Please leave the router off for ten minutes, then call us.']],
  },
  {
    by: STAFF,
    place: [1, 2],
    ago: 1500,
    subscriber: 4,
    title: 'Slow in the evenings',
    description: 'From 19:00 to 22:00 the speed falls to 3 Mbps, by cable as well.',
    priority: PRIORITY.medium,
    steps: [
      [20, STATUS.inProgress],
      [5, 'We moved the line to another port; please watch it tonight.'],
      [900, 'Measured 28 Mbps at 20:15.'],
      [1, STATUS.resolved],
    ],
  },
  {
    by: STAFF,
    place: [1, 1],
    ago: 300,
    subscriber: 3,
    title: 'No connection in the shop',
    description: 'The LOS lamp of the modem is red since 09:40; card payments do not work.',
    priority: PRIORITY.high,
    steps: [
      [8, STATUS.inProgress],
      [2, 'We are looking into this.'],
      [35, 'A crew is on its way; they should be there by noon.'],
    ],
  },
  {
    by: STAFF,
    place: [1, 2],
    ago: 90,
    subscriber: 5,
    title: 'Wi-Fi does not reach the waiting room',
    description: 'The clinic asks for a second access point.',
    priority: PRIORITY.low,
    steps: [],
  },
  {
    by: STAFF,
    place: [1, 1],
    ago: 25,
    subscriber: 1,
    title: 'Connection Issue',
    description: 'Cannot connect to internet',
    priority: PRIORITY.medium,
    steps: [],
  },
];

const before = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * 60_000);

const must = <T extends { readonly ok: true }>(outcome: T | Refused, what: string): T => {
  if (outcome.ok) return outcome;
  throw new Error(`the demo ticket ${what} is refused: ${outcome.refusal}`);
};

const staffIn = (person: DemoPerson, now: Date): Staff => {
  const staff = staffOf(personOf(person, now));
  if (staff === undefined) throw new Error(`${person.email} has no access to the ISP desk`);
  return staff;
};

export const subscribersAt = (now: Date): Subscriber[] =>
  SUBSCRIBERS.map((each, index) => {
    const added = before(now, 60 * 24 * 90);
    return { ...each, id: index + 1, ispId: 1, createdAt: added, updatedAt: added };
  });

/** All tickets with their replies, as the desk's own decisions leave them. */
export const helpdeskAt = (now: Date): { tickets: Ticket[]; replies: Reply[] } => {
  const said: Reply[] = [];
  const opened = STORIES.map((story, index) => {
    const {
      by,
      place: [ispId, branchId],
      ago,
      subscriber,
      steps,
      ...words
    } = story;
    const staff = staffIn(by, now);
    const place = { isp_id: ispId, branch_id: branchId, user_id: staff.userId };
    const named = subscribersAt(now).find(({ id }) => id === subscriber);
    const asked = { ...place, ...words, subscriber_id: subscriber };
    let at = ago;
    let ticket = must(openTicket(asked, named, staff, before(now, at)), story.title).ticket(
      index + 1,
    );
    for (const [after, done] of steps) {
      at -= after;
      const moment = before(now, at);
      if (typeof done !== 'string') {
        ticket = { ...ticket, ...setStatus({ ...place, status: done }, ticket, moment).patch };
        continue;
      }
      const replying = replyTo({ ...place, message: done }, ticket, staff, moment);
      const { patch, reply } = must(replying, story.title);
      ticket = { ...ticket, ...patch };
      said.push(reply(0));
    }
    return ticket;
  });
  const inOrder = said.toSorted((one, other) => Number(one.createdAt) - Number(other.createdAt));
  return { tickets: opened, replies: inOrder.map((each, index) => ({ ...each, id: index + 1 })) };
};

const counterPath = (kind: string): string => `counters/isp-${kind}`;

/** Records under the numbers from 1, with their counter: all of them, or none once it counts. */
const numbered = (reads: Reads, kind: string, creates: readonly Write[]): Write[] =>
  reads.get(anyDocument(counterPath(kind))) === undefined
    ? [...creates, { op: 'create', path: counterPath(kind), data: { count: creates.length } }]
    : [];

const writesAt = (reads: Reads, now: Date): Write[] => {
  const helpdesk = helpdeskAt(now);
  const people = subscribersAt(now).map((each) => subscribers.create(String(each.id), each));
  const opened = helpdesk.tickets.map((each) => tickets.create(String(each.id), each));
  const taking = helpdesk.tickets
    .filter(({ status }) => status !== STATUS.closed)
    .map(({ id }) => beginThread(id));
  const said = helpdesk.replies.map((each) => replies.create(String(each.id), each));
  const isNew = ['ticket', 'reply'].every(
    (kind) => reads.get(anyDocument(counterPath(kind))) === undefined,
  );
  return [
    ...numbered(reads, 'subscriber', people),
    ...(isNew
      ? [...taking, ...numbered(reads, 'ticket', opened), ...numbered(reads, 'reply', said)]
      : []),
  ];
};

export const ispSeed: DeskSeed = {
  people: [STAFF, OTHER],
  fill: (store, now) => {
    const paths = ['subscriber', 'ticket', 'reply'].map(counterPath);
    return commitDecided(store, paths, (reads) => writesAt(reads, now));
  },
};
