import {
  type Command,
  decide,
  openTicket,
  type Refused,
} from '../../../functions/src/desks/cgs/domain/ticket.ts';
import type {
  Client,
  CreateTicket,
  Person,
  Ticket,
} from '../../../functions/src/desks/cgs/domain/schemas.ts';
import { waitingRequest } from '../../../functions/src/desks/cgs/domain/timeline.ts';
import {
  DEFAULT_CANCEL_CATEGORIES,
  DEFAULT_PENDING_CATEGORIES,
  DEFAULT_SLA_POLICY,
} from '../../../functions/src/desks/cgs/domain/vocabulary.ts';
import { idOf } from '../ids.ts';
import type { DemoEmail } from './people.ts';

/** What a step may look at to make its command. */
interface Scene {
  readonly ticket: Ticket;
  readonly person: (email: DemoEmail) => Person;
  /** A photo's address; nothing is served there. */
  readonly mediaUrl: string;
  /** Where the work is. */
  readonly locationCoordinate: string;
}

type Act = (scene: Scene) => Command;

/** Who did what how many minutes ago. */
type Step = readonly [ago: number, by: DemoEmail | 'clock', act: Act];

type Told = 'type' | 'source' | 'indicationCategory' | 'networkSegment';

/** A ticket of the demo data as it came to be, in minutes before now. */
export interface Story {
  /** Gives the ticket its id: never change it. */
  readonly name: string;
  /** The client's cid; null for a ticket without SLA. */
  readonly client: string | null;
  readonly opened: readonly [ago: number, by: DemoEmail];
  /** Minutes from now until a draft goes out by itself. */
  readonly publishedIn?: number;
  readonly request: Pick<CreateTicket, Told> & Partial<CreateTicket>;
  readonly steps: readonly Step[];
}

/** The people and clients that stories speak of. */
export interface Cast {
  readonly person: (email: DemoEmail) => Person;
  readonly client: (cid: string) => Client;
}

export const accept: Act = () => ({ name: 'accept' });
export const depart: Act = () => ({ name: 'onTheWay' });
export const resume: Act = () => ({ name: 'resume' });
export const breach: Act = () => ({ name: 'breach' });

export const assign =
  (email: DemoEmail, remark: string): Act =>
  ({ person }) => ({ name: 'assign', foc: person(email), remark });

export const checkIn =
  (remark: string): Act =>
  ({ mediaUrl, locationCoordinate }) => ({
    name: 'checkedIn',
    mediaUrl,
    remark,
    locationCoordinate,
  });

export const work =
  (
    name: 'checking' | 'pullingCable' | 'jointing' | 'tidying' | 'linkChecking',
    remark: string,
  ): Act =>
  ({ mediaUrl }) => ({ name, mediaUrl, remark, locationCoordinate: null });

export const finish =
  (remark: string): Act =>
  ({ mediaUrl, locationCoordinate }) => ({
    name: 'finishing',
    mediaUrl,
    remark,
    locationCoordinate,
  });

export const askReplacement =
  (remark: string): Act =>
  () => ({ name: 'reassign', remark, mediaUrl: null });

export const pend =
  (pendingCategory: string, pendingInterval: number, remark: string): Act =>
  () => ({
    name: 'pending',
    pendingCategory,
    pendingInterval,
    remark,
    mediaUrl: null,
    locationCoordinate: null,
    categories: DEFAULT_PENDING_CATEGORIES,
  });

export const cancel =
  (cancelCategory: string, remark: string): Act =>
  () => ({
    name: 'cancel',
    cancelCategory,
    remark,
    mediaUrl: null,
    locationCoordinate: null,
    categories: DEFAULT_CANCEL_CATEGORIES,
  });

const answer =
  (approved: boolean, approvalRemark: string | null): Act =>
  ({ ticket }) => ({
    name: 'validate',
    evidenceId: waitingRequest(ticket.ticketLogs)?.evidenceId ?? 'none',
    approved,
    approvalRemark,
  });

export const approve: Act = answer(true, null);
export const refuse = (remark: string): Act => answer(false, remark);

const before = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * 60_000);

const must = <T extends { readonly ok: true }>(outcome: T | Refused, what: string): T => {
  if (outcome.ok) return outcome;
  throw new Error(`the demo ticket ${what} is refused: ${outcome.refusal}`);
};

const open = (story: Story, cast: Cast, now: Date) => {
  const { name, client, opened, publishedIn, request } = story;
  const [, by] = opened;
  const known = client === null ? null : cast.client(client);
  const asked: CreateTicket = {
    isDraft: false,
    ...request,
    client: known?.id ?? null,
    publishedAt: publishedIn === undefined ? null : before(now, -publishedIn),
  };
  const named = {
    client: known,
    policy: { ...DEFAULT_SLA_POLICY, version: 0 },
    noc: cast.person(by),
  };
  const moment = { now: openedAt(story, now), newId: ticketId(name) };
  return must(openTicket(asked, named, moment), name).ticket;
};

/** When a story begins. */
export const openedAt = ({ opened: [ago] }: Story, now: Date): Date => before(now, ago);

export const ticketId = (name: string): string => idOf(`ticket ${name}`);

/**
 * A story played through the desk's own decisions up to `now`; what is left open is the number.
 *
 * @throws Error when the desk refuses a step
 */
export const play = (story: Story, cast: Cast, now: Date): ((number: string) => Ticket) => {
  const opened = open(story, cast, now);
  return (number) =>
    story.steps.reduce<Ticket>((ticket, [ago, by, act], index) => {
      const what = `${story.name}, step ${index + 1}`;
      const mediaUrl = `https://media.crewline.test/demo/${idOf(what)}.jpg`;
      const locationCoordinate = ticket.client.coordinate ?? '-6.2,106.8';
      const command = act({ ticket, person: cast.person, mediaUrl, locationCoordinate });
      const actor = by === 'clock' ? ({ role: 'system' } as const) : cast.person(by);
      const moment = { now: before(now, ago), newId: idOf(`evidence ${what}`) };
      return { ...ticket, ...must(decide(command, ticket, actor, moment), what).patch };
    }, opened(number));
};
