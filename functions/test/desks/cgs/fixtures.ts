import type { Command, Decision } from '../../../src/desks/cgs/domain/command.ts';
import {
  type Client,
  type CreateTicket,
  createTicketBody,
  dated,
  type LogCard,
  type Person,
  type PolicyInForce,
  type Ticket,
  ticketSchema,
} from '../../../src/desks/cgs/domain/schemas.ts';
import { type Actor, decide, openTicket } from '../../../src/desks/cgs/domain/ticket.ts';
import {
  type CardStatus,
  type CardType,
  DEFAULT_CANCEL_CATEGORIES,
  DEFAULT_PENDING_CATEGORIES,
  DEFAULT_SLA_POLICY,
  type Region,
  type Role,
} from '../../../src/desks/cgs/domain/vocabulary.ts';

/** People, a client and short ways to write commands, for the specs of this folder. */
export const uuid = (n: number): string => `00000000-0000-4000-8000-${`${n}`.padStart(12, '0')}`;

export const START = new Date('2026-11-02T01:00:00.000Z');
export const TIME_ZONE = 'Asia/Jakarta';
export const minute = (n: number): Date => new Date(START.getTime() + n * 60_000);

const person = (role: Role, region: Region, name: string): Person => ({
  id: `uid-${name}`,
  nik: '3201010101010001',
  phoneNumber: '081234567890',
  email: `${name}@crewline.test`,
  name,
  role,
  region,
  profilePhoto: `https://photos.crewline.test/${name}.jpg`,
  areas: [],
});

export const admin = person('SuperAdmin', 'Central', 'admin');
export const noc = person('NOC', 'West', 'noc');
export const nocEast = person('NOC', 'East', 'noc-east');
export const boss = person('FOCSupervisor', 'West', 'boss');
export const boss2 = person('FOCSupervisor', 'West', 'boss2');
export const bossEast = person('FOCSupervisor', 'East', 'boss-east');
export const foc = person('FOC', 'West', 'foc');
export const foc2 = person('FOC', 'West', 'foc2');
export const foc3 = person('FOC', 'West', 'foc3');
export const focEast = person('FOC', 'East', 'foc-east');
export const clock: Actor = { role: 'system' };

export const bandung = { id: 'area-bdg', name: 'BANDUNG', region: 'West', initial: 'BDG' } as const;
/** Neither warns nor releases. */
export const patient = {
  dueSoon: null,
  Open: { FOC: null, FOCSupervisor: null, NOC: null },
  Accepted: { FOC: null, FOCSupervisor: null, NOC: null },
  release: null,
  since: null,
  version: 0,
};
export const policy = { ...DEFAULT_SLA_POLICY, escalation: patient, version: 0 };

export const client: Client = {
  id: 'client-1',
  cid: 'CID-0042',
  customerType: 'Dedicated',
  pop: { name: 'POP Dago', coordinate: '-6.8,107.6' },
  name: 'Warung Kopi Dago',
  userCode: 'WKD',
  isp: { id: 'isp-1', name: 'Adidaya Infocom', initial: 'AIL', brand: 'WIZNET' },
  status: 'Active',
  region: 'West',
  city: bandung,
  address: 'Jl. Dago 1',
  coordinate: '-6.88,107.61',
  activeDate: minute(-100_000),
  service: 'FTTX',
  bandwidth: 100,
  bandwidthUnit: 'Mbps',
  ms: { id: 'ms-1', name: 'MAKMUR', coordinate: '-6.9,107.6' },
  splitter: { id: 'sp-1', name: 'PALLADIUM', coordinate: '-6.91,107.61' },
  deviceType: 'ONT',
  macAddress: '00:00:5E:00:53:01',
  signal: '-21 dBm',
  vlan: '100',
  ipMonitoring: '192.0.2.1',
  epon: '1/1/1',
  remark: null,
  createdAt: minute(-100_000),
  updatedAt: minute(-100_000),
  changeIds: [],
};

export const request = (more: Record<string, unknown> = {}): CreateTicket =>
  dated(
    createTicketBody.parse({
      client: client.id,
      type: 'Trouble',
      source: 'Phone',
      isDraft: false,
      publishedAt: null,
      contactPerson: [{ name: 'Asep', phone: '0811' }],
      indicationCategory: 'FiberCut',
      networkSegment: 'Access',
      remark: 'No light since morning',
      ...more,
    }),
    TIME_ZONE,
  );

export const freeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) freeze(item);
  }
  return value;
};

export const opened = (
  more: Record<string, unknown> = {},
  under: PolicyInForce = policy,
): Ticket => {
  const body = request(more);
  const found = body.client === null ? null : client;
  const opening = openTicket(
    body,
    { client: found, area: bandung, noc, policy: under },
    { now: START, newId: uuid(1) },
  );
  if (!opening.ok) throw new Error(opening.refusal);
  return freeze(ticketSchema.parse(opening.ticket('TRB-202611-0001')));
};

const sent = {
  mediaUrl: 'https://media.crewline.test/1.jpg',
  remark: 'done',
  locationCoordinate: '-6.88,107.61',
};
const reason = { ...sent, locationCoordinate: null };

export const command = {
  publish: { name: 'publish' },
  accept: { name: 'accept' },
  onTheWay: { name: 'onTheWay' },
  resume: { name: 'resume' },
  breach: { name: 'breach' },
  warn: { name: 'warn' },
  release: { name: 'release' },
  assign: { name: 'assign', foc: foc3, remark: 'you are nearer' },
  reassign: { name: 'reassign', remark: 'my car broke down', mediaUrl: null },
  checkedIn: { name: 'checkedIn', ...sent },
  checking: { name: 'checking', ...sent },
  pullingCable: { name: 'pullingCable', ...sent },
  jointing: { name: 'jointing', ...sent },
  tidying: { name: 'tidying', ...sent },
  linkChecking: { name: 'linkChecking', ...sent },
  finishing: { name: 'finishing', ...sent },
  pending: {
    name: 'pending',
    ...reason,
    pendingCategory: 'Weather',
    pendingInterval: 30,
    categories: DEFAULT_PENDING_CATEGORIES,
  },
  cancel: {
    name: 'cancel',
    ...reason,
    cancelCategory: 'Duplicate',
    categories: DEFAULT_CANCEL_CATEGORIES,
  },
  note: { name: 'note', remark: 'the gate is open', mediaUrl: null },
  closeByIncident: {
    name: 'closeByIncident',
    incidentId: 'INC-202611-0001',
    remark: 'The backbone is spliced.',
  },
  validate: { name: 'validate', evidenceId: uuid(0), approved: true, approvalRemark: 'well done' },
} as const satisfies Record<Command['name'], Command>;

/** The NOC's decision on the request that waits in `ticket`. */
export const answer = (ticket: Ticket, approved: boolean): Command => {
  const waiting = ticket.ticketLogs.find(
    (card) => 'isApproved' in card && card.isApproved === null,
  );
  const evidenceId = waiting && 'evidenceId' in waiting ? waiting.evidenceId : uuid(0);
  return { ...command.validate, evidenceId, approved };
};

const COMMON = [
  'cardType',
  'timestamp',
  'bubbleOption',
  'title',
  'description',
  'statusName',
  'data',
];
const SENT = ['evidenceId', 'needApproval', 'remark', 'locationCoordinate', 'mediaUrl'];
const JUDGED = [...SENT, 'isApproved', 'approvalRemark'];
const PENDING = [...JUDGED, 'pendingInterval', 'pendingCategory', 'isResumed'];
const BY_STATUS: Record<CardStatus, readonly string[]> = {
  CheckedIn: JUDGED,
  Closed: JUDGED,
  Canceled: [...JUDGED, 'cancelCategory'],
  Finishing: JUDGED,
  LinkChecking: JUDGED,
  Checking: SENT,
  PullingCable: SENT,
  Jointing: SENT,
  Tidying: SENT,
  Pending: PENDING,
  Open: ['needApproval'],
  Draft: ['needApproval'],
  Accepted: ['needApproval'],
  OnTheWay: ['needApproval'],
  OnGoing: ['needApproval'],
  Note: SENT,
};
const BY_TYPE: Record<CardType, readonly string[]> = {
  SimpleStatus: [],
  Note: [],
  RequestValidationAction: ['descriptionFields'],
  RequestValidationDone: ['descriptionFields'],
  FinishingAction: ['descriptionFields'],
  ReassignAction: ['descriptionFields', 'focBeforeReassigned'],
};

/** The fields that the contract's `TicketLog` gives a card, sorted. A card about another FOC, and
 * the answer to one, carry evidence although their status has none. */
export const contractFields = ({ cardType, statusName }: LogCard): string[] => {
  const isReplacement = statusName === 'Accepted' && cardType !== 'SimpleStatus';
  const extras = isReplacement ? JUDGED : BY_STATUS[statusName];
  return [...COMMON, ...BY_TYPE[cardType], ...extras].sort();
};

export const statusNames = (ticket: Ticket): string[] =>
  ticket.ticketLogs.map((card) => `${card.cardType} ${card.statusName}`);

export const lastCard = (ticket: Ticket): LogCard => {
  const card = ticket.ticketLogs.at(-1);
  if (!card) throw new Error('an empty log');
  return card;
};

export const refusalOf = (decision: Decision): string =>
  decision.ok ? 'not refused' : decision.refusal;

/** Applies a command at a minute after the start; the new evidence id follows from the log. */
export const give = (given: Command, ticket: Ticket, actor: Actor, at: number): Decision =>
  decide(given, ticket, actor, { now: minute(at), newId: uuid(1000 + ticket.ticketLogs.length) });

/** The ticket after a command that must succeed, checked against its schema and frozen. */
export const after = (given: Command, ticket: Ticket, actor: Actor, at: number): Ticket => {
  const decision = give(given, ticket, actor, at);
  if (!decision.ok) throw new Error(`${given.name}: ${decision.refusal}`);
  return freeze(ticketSchema.strict().parse({ ...ticket, ...decision.patch }));
};

type Step = readonly [Command | 'approve' | 'refuse', Actor, number];

/** Applies commands one after the other; 'approve' and 'refuse' decide the waiting request. */
export const play = (ticket: Ticket, ...steps: readonly Step[]): Ticket =>
  steps.reduce(
    (now, [given, actor, at]) =>
      after(typeof given === 'string' ? answer(now, given === 'approve') : given, now, actor, at),
    ticket,
  );

const workedBy = (holder: Person): readonly Step[] => [
  [command.accept, holder, 5],
  [command.onTheWay, holder, 10],
  [command.checkedIn, holder, 30],
  ['approve', noc, 35],
  [command.jointing, holder, 40],
  [command.linkChecking, holder, 60],
  ['approve', noc, 62],
  [command.finishing, holder, 70],
  ['approve', noc, 75],
];

/** A ticket in each status, assigned to `holder`. OnGoing has its link check. */
export const ticketIn = (holder: Person) => {
  const steps = workedBy(holder);
  const open = opened();
  return {
    Draft: opened({ isDraft: true, publishedAt: minute(1).toISOString() }),
    Open: open,
    Accepted: play(open, ...steps.slice(0, 1)),
    OnTheWay: play(open, ...steps.slice(0, 2)),
    CheckedIn: play(open, ...steps.slice(0, 4)),
    OnGoing: play(open, ...steps.slice(0, 7)),
    Pending: play(open, ...steps.slice(0, 2), [command.pending, noc, 20]),
    Closed: play(open, ...steps),
  };
};
