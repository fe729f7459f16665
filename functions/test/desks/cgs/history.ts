import { z } from 'zod';
import { clients, pops } from '../../../src/desks/cgs/master/collections.ts';
import { ticketWireSchema } from '../../../src/desks/cgs/domain/schemas.ts';
import type { Role } from '../../../src/desks/cgs/domain/vocabulary.ts';
import { tickets } from '../../../src/desks/cgs/tickets/collection.ts';
import {
  type Asked,
  createKnown,
  type DeskHistory,
  type Dice,
  type Effect,
  type Look,
  oneOf,
  pick,
  watch,
} from '../../histories/desk-history.ts';
import { at, listAt, textAt } from '../../support/client.ts';
import { peopleOf } from './history-people.ts';
import { incidentCommands, watchedIncidents } from './incident-history.ts';
import { masterWorld } from './master-world.ts';
import {
  answered,
  COORDINATE,
  edited,
  EVIDENCE,
  movedBy,
  said,
  shownOf,
} from './ticket-history.ts';
import { cgsWorld } from './world.ts';

const idIn = (body: unknown): string => textAt(body, 'data', 'result', 'id');
const documentOf = (id: string): string => `${tickets.name}/${id}`;

const lookedAt = ticketWireSchema.pick({
  latestStatus: true,
  foc: true,
  ticketLogs: true,
  isLastLinkChecking: true,
});
type Seen = z.output<typeof lookedAt>;

interface Person {
  readonly id: string;
  readonly name: string;
}

/** What a person does with a ticket that they look at. */
type Reaction = (id: string, seen: Seen, dice: Dice, person: Person) => Asked | undefined;

const post = (id: string, path: string, adds: string, body?: object): Asked => ({
  method: 'POST',
  path: `/v1/tickets/${id}/${path}`,
  ...(body !== undefined && { body }),
  effects: [{ adds, in: documentOf(id) }],
});

const pause = (mark: string) => ({
  remark: mark,
  pendingCategory: 'Weather',
  pendingInterval: 60,
});
const cancel = (mark: string) => ({ remark: mark, cancelCategory: 'Duplicate' });
const linkTo = (incident: string) => ({ action: 'link', body: { incident } });

/** Short enough that a few leaps of a history are over them. */
const WAITS = { FOC: 5, FOCSupervisor: 10, NOC: 20 };
const ESCALATION = { dueSoon: 225, Open: WAITS, Accepted: WAITS, release: 12 };

const TASKS = ['checking', 'pullingCable', 'jointing', 'tidying', 'linkChecking'] as const;

/** The next step of the crew; sometimes they ask for a pause, a cancellation, or to be replaced, or
 * note something. */
const work: Reaction = (id, { latestStatus, isLastLinkChecking }, dice, { name }) => {
  const { mark, value, photo } = dice;
  const sent = { ...EVIDENCE, remark: mark, ...(photo !== undefined && { mediaUrl: photo }) };
  const task = isLastLinkChecking ? 'finishing' : oneOf(TASKS, value);
  if (latestStatus === 'Open') return post(id, 'ticketStatus/accept', movedBy(name));
  if (value % 9 === 0) return post(id, 'reassign', said(mark), { remark: mark });
  if (value % 9 === 1) return post(id, 'ticketStatus/pending', said(mark), pause(mark));
  if (value % 9 === 2) return post(id, 'ticketStatus/cancel', said(mark), cancel(mark));
  if (value % 9 === 3) {
    const body = { remark: mark, ...(photo !== undefined && { mediaUrl: photo }) };
    return post(id, 'notes', said(mark, photo), body);
  }
  if (latestStatus === 'Accepted') return post(id, 'ticketStatus/onTheWay', movedBy(name));
  if (latestStatus === 'OnTheWay')
    return post(id, 'ticketStatus/checkedIn', said(mark, photo), sent);
  return post(id, `taskStatus/${task}`, said(mark, photo), sent);
};

/** NOC answers what waits, lets paused work go on, and publishes drafts; else it edits, notes or
 * stops. */
const direct: Reaction = (id, { latestStatus, ticketLogs }, { mark, value }, { name }) => {
  const waiting = ticketLogs.find((card) => 'isApproved' in card && card.isApproved === null);
  if (waiting !== undefined && 'evidenceId' in waiting && value % 6 > 0) {
    const path = `validate/${waiting.evidenceId}/${value % 6 > 1}`;
    return post(id, path, answered(mark), { approvalRemark: mark });
  }
  if (latestStatus === 'Draft') return post(id, 'publish', movedBy(name));
  if (latestStatus === 'Pending') return post(id, 'ticketStatus/resume', movedBy(name));
  if (value % 12 === 0) return post(id, 'ticketStatus/cancel', said(mark), cancel(mark));
  if (value % 12 < 4) return post(id, 'ticketStatus/pending', said(mark), pause(mark));
  if (value % 12 < 6) return post(id, 'notes', said(mark), { remark: mark });
  return {
    method: 'PUT',
    path: `/v1/tickets/${id}`,
    body: { remark: mark },
    effects: [{ adds: edited(mark), in: documentOf(id) }],
  };
};

const assignTo =
  (crew: readonly string[]): Reaction =>
  (id, _, { mark, value }, { name }) =>
    post(id, 'assign', movedBy(name), { focId: pick(crew, value), remark: mark });

type Command = (
  dice: Dice,
  look: Look,
  person: Person,
) => ReturnType<Reaction> | Promise<ReturnType<Reaction>>;

/** The commands of the cgs desk, on the records that are known so far. */
const createCommands = (crew: readonly string[], clientBody: (mark: string) => object) => {
  const known = createKnown<string>();
  const customers = createKnown<string>();
  const points = createKnown<string>();

  const open: Command = ({ mark, value }) => ({
    method: 'POST',
    path: '/v1/tickets',
    body: {
      client: customers.pick(value) ?? null,
      address: 'Jl. Dago 1',
      customerType: 'Broadband',
      region: 'West',
      type: value % 2 === 0 ? 'Trouble' : 'Maintenance',
      source: 'Whatsapp',
      isDraft: value % 7 === 0,
      indicationCategory: 'FiberCut',
      networkSegment: 'Access',
      locationRemark: mark,
    },
    effects: [{ adds: `ticket ${mark}` }],
    made: (body) => ({
      path: documentOf(idIn(body)),
      values: { ticketId: at(body, 'data', 'result', 'ticketId') },
    }),
    learn: (body) => known.add(idIn(body)),
  });

  const onTicket =
    (react: Reaction): Command =>
    async (dice, look, person) => {
      const id = known.pick(dice.target);
      if (id === undefined) return undefined;
      const { data } = lookedAt.safeParse(at(await look(`/v1/tickets/${id}`), 'data', 'result'));
      return data && react(id, data, dice, person);
    };

  const incidents = incidentCommands((die) => known.pick(die));

  /** Publishes some tickets together, cancels them as after one cut, or puts them into an incident;
   * takes what is not refused. */
  const several: Command = ({ mark, target, value }, _, { name }) => {
    const ids = [...new Set([0, 1, 2].flatMap((more) => known.pick(target + more) ?? []))];
    if (ids.length === 0) return undefined;
    const isEnd = value % 5 === 0;
    const incident = value % 5 < 3 ? incidents.pick(value) : undefined;
    const effectOn = (id: string): Effect => {
      if (isEnd) return { adds: said(mark), in: documentOf(id) };
      return incident === undefined
        ? { adds: movedBy(name), in: documentOf(id) }
        : { sets: 'incident', to: incident, in: documentOf(id) };
    };
    const plain = incident === undefined ? { action: 'publish' } : linkTo(incident);
    return {
      method: 'POST',
      path: '/v1/tickets/bulk',
      body: { tickets: ids, ...(isEnd ? { action: 'cancel', body: cancel(mark) } : plain) },
      effects: ids.map(effectOn),
      took: (body) =>
        listAt(body, 'data', 'result')
          .filter((each) => at(each, 'status') === 201)
          .map((each) => effectOn(textAt(each, 'id'))),
    };
  };

  const addPop: Command = ({ mark }) => ({
    method: 'POST',
    path: '/v1/pops',
    body: { name: mark, coordinate: COORDINATE },
    effects: [{ adds: `POP ${mark}` }, { sets: 'coordinate', to: COORDINATE }],
    made: (body) => ({ path: `${pops.name}/${idIn(body)}` }),
    learn: (body) => points.add(idIn(body)),
  });
  const editPop: Command = ({ target, value }) => {
    const id = points.pick(target);
    if (id === undefined) return undefined;
    const coordinate = `-6.${value},107.6`;
    return {
      method: 'PUT',
      path: `/v1/pops/${id}`,
      body: { coordinate },
      effects: [{ sets: 'coordinate', to: coordinate, in: `${pops.name}/${id}` }],
    };
  };
  const removePop: Command = ({ target }) => {
    const id = points.pick(target);
    if (id === undefined) return undefined;
    const effects = [{ removes: `${pops.name}/${id}` }];
    return { method: 'DELETE', path: `/v1/pops/${id}`, effects };
  };

  const addClient: Command = ({ mark }) => ({
    method: 'POST',
    path: '/v1/clients',
    body: clientBody(mark),
    effects: [{ adds: `client ${mark}` }],
    made: (body) => ({ path: `${clients.name}/${idIn(body)}` }),
    learn: (body) => customers.add(idIn(body)),
  });
  const removeClient: Command = ({ target }) => {
    const id = customers.pick(target);
    if (id === undefined) return undefined;
    const effects = [{ removes: `${clients.name}/${id}` }];
    return { method: 'DELETE', path: `/v1/clients/${id}`, effects };
  };

  return {
    SuperAdmin: [addPop, editPop, removePop, addClient, removeClient, open, onTicket(direct)],
    NOC: [
      open,
      open,
      several,
      ...incidents.commands,
      ...Array.from({ length: 5 }, () => onTicket(direct)),
    ],
    FOC: [onTicket(work)],
    FOCSupervisor: [onTicket(assignTo(crew))],
  } satisfies Record<Role, readonly Command[]>;
};

/** NOC, crews and a supervisor of one region, and a SuperAdmin for master data. */
export const cgsHistory: DeskHistory = {
  watched: [
    watch(tickets, shownOf),
    watchedIncidents,
    watch(pops, ({ name, coordinate }) => ({
      adds: [{ what: `POP ${name}` }],
      values: { coordinate },
    })),
    watch(clients, ({ cid }) => ({ adds: [{ what: `client ${cid}` }] })),
  ],
  begin: async (api) => {
    const people = await peopleOf(api);
    const world = cgsWorld(api);
    const admin = await world.member('SuperAdmin');
    await world.call('PUT', '/v1/settings/escalation', { as: admin, body: ESCALATION });
    const master = masterWorld(api, world);
    const network = await master.network(admin);
    const crew = people.filter(({ role }) => role === 'FOC').map(({ id }) => id);
    const commands = createCommands(crew, (cid) => master.clientBody(network, { cid }));
    return people.map((person) => ({
      name: `cgs ${person.name}`,
      as: person,
      next: (dice, look) =>
        pick<Command>(commands[person.role], dice.command)?.(dice, look, person),
    }));
  },
};
