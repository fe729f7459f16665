import { randomUUID } from 'node:crypto';
import { areas, clients } from '../../../src/desks/cgs/master/collections.ts';
import type { AreaRef, Client } from '../../../src/desks/cgs/domain/schemas.ts';
import type { Region, Role } from '../../../src/desks/cgs/domain/vocabulary.ts';
import { at, type Received, type Sending, send, textAt } from '../../support/client.ts';
import type { TestApi } from '../../support/harness.ts';
import { writesDirectly } from '../../support/written-data.ts';
import { personWith, signInAgain as openAgain } from '../person.ts';

/** A person of the CGS desk with an open session. */
export interface Member {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly region: Region;
  readonly cookie: string;
}

const EVIDENCE = {
  mediaUrl: 'https://media.example/evidence.jpg',
  remark: 'At the site.',
  locationCoordinate: '-6.9,107.6',
};

/** What tests of the CGS desk need around them: people, clients, and tickets in any situation. */
export const cgsWorld = (api: TestApi) => {
  const { url, runtime } = api;
  const call = (method: string, path: string, sending: Sending = {}) =>
    send(url, method, path, sending);

  /** A person and their session, written as a login would. */
  const member = async (
    role: Role,
    region: Region = 'West',
    name = `${role} ${region}`,
  ): Promise<Member> => {
    const id = randomUUID();
    const email = `${role}.${id}@crewline.test`.toLowerCase();
    const access = { cgs: { role, region, active: true, area: null, areas: [] } };
    const { cookie } = await personWith(api, access, { id, email, name });
    return { id, email, role, region, cookie };
  };

  /** The same person with a new session. */
  const signInAgain = async (who: Member): Promise<Member> => {
    const { cookie } = await openAgain(api, who.id);
    return { ...who, cookie };
  };

  const area = async (region: Region = 'West', name = `AREA ${randomUUID()}`): Promise<AreaRef> => {
    const ref = { id: randomUUID(), name, region, initial: 'ARE' };
    const now = runtime.now();
    writesDirectly(areas.doc(ref.id).path);
    await runtime.store.commit([areas.create(ref.id, { ...ref, createdAt: now, updatedAt: now })]);
    return ref;
  };

  const client = async (region: Region = 'West'): Promise<Client> => {
    const id = randomUUID();
    const now = runtime.now();
    const place = { id: randomUUID(), name: 'MAKMUR', coordinate: '-6.9147,107.6098' };
    const data: Client = {
      id,
      cid: id.slice(0, 8),
      customerType: 'Dedicated',
      pop: { name: 'POP Dago', coordinate: '-6.8915,107.6107' },
      name: `Client ${id}`,
      userCode: 'C1',
      isp: { id: randomUUID(), name: 'ADIDAYA', initial: 'AIL', brand: 'WIZNET' },
      status: 'Active',
      region,
      city: { id: randomUUID(), name: 'BANDUNG', region, initial: 'BDG' },
      address: 'Jl. Asia Afrika 8, Bandung',
      coordinate: '-6.9211,107.6107',
      activeDate: now,
      service: 'FTTX',
      bandwidth: 100,
      bandwidthUnit: 'Mbps',
      ms: place,
      splitter: { ...place, name: 'PALLADIUM' },
      deviceType: 'ONT',
      macAddress: '00:1B:44:11:3A:B7',
      signal: '-21 dBm',
      vlan: '110',
      ipMonitoring: '10.0.0.2',
      epon: '0/1/3',
      remark: null,
      createdAt: now,
      updatedAt: now,
      changeIds: [],
    };
    writesDirectly(clients.doc(id).path);
    await runtime.store.commit([clients.create(id, data)]);
    return data;
  };

  const must = (answer: Received): Received => {
    if (answer.status >= 300) {
      throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
    }
    return answer;
  };

  /** Sends a command to a ticket; throws when it is refused. */
  const command = async (as: Member, id: string, path: string, body?: unknown) =>
    must(await call('POST', `/v1/tickets/${id}/${path}`, { as, ...(body ? { body } : {}) }));

  /** A ticket as the NOC sends it, of a client of its own; `more` overrides fields. */
  const newTicket = async (noc: Member, more: object = {}) => ({
    as: noc,
    body: {
      client: (await client(noc.region)).id,
      type: 'Trouble',
      source: 'Whatsapp',
      indicationCategory: 'FiberCut',
      networkSegment: 'Access',
      ...more,
    },
  });

  /** Opens such a ticket. */
  const open = async (noc: Member, more: object = {}): Promise<string> => {
    const answer = must(await call('POST', '/v1/tickets', await newTicket(noc, more)));
    return textAt(answer.body, 'data', 'result', 'id');
  };

  const read = async (as: Member, id: string): Promise<unknown> =>
    at(must(await call('GET', `/v1/tickets/${id}`, { as })).body, 'data', 'result');

  /** The evidence that waits for the NOC's validation. */
  const waiting = async (noc: Member, id: string): Promise<string> => {
    const logs = at(await read(noc, id), 'ticketLogs');
    const cards = Array.isArray(logs) ? logs : [];
    return textAt(
      cards.find((card) => at(card, 'isApproved') === null),
      'evidenceId',
    );
  };

  const approve = async (noc: Member, id: string) =>
    command(noc, id, `validate/${await waiting(noc, id)}/true`);

  /** The steps of a ticket's life, each after the one before. */
  const steps = {
    Open: async () => {},
    Accepted: async (id, { foc }) => void (await command(foc, id, 'ticketStatus/accept')),
    OnTheWay: async (id, { foc }) => void (await command(foc, id, 'ticketStatus/onTheWay')),
    CheckInAsked: async (id, { foc }) =>
      void (await command(foc, id, 'ticketStatus/checkedIn', EVIDENCE)),
    CheckedIn: async (id, { noc }) => void (await approve(noc, id)),
    OnGoing: async (id, { foc }) => void (await command(foc, id, 'taskStatus/jointing', EVIDENCE)),
    LinkChecked: async (id, { foc, noc }) => {
      await command(foc, id, 'taskStatus/linkChecking', EVIDENCE);
      await approve(noc, id);
    },
    Closed: async (id, { foc, noc }) => {
      await command(foc, id, 'taskStatus/finishing', EVIDENCE);
      await approve(noc, id);
    },
  } as const satisfies Record<string, (id: string, crew: Crew) => Promise<void>>;

  const order = [
    'Open',
    'Accepted',
    'OnTheWay',
    'CheckInAsked',
    'CheckedIn',
    'OnGoing',
    'LinkChecked',
    'Closed',
  ] as const;

  /** A ticket in this status, worked on by the crew; `more` overrides fields of its request. */
  const ticket = async (situation: Situation, crew: Crew, more: object = {}): Promise<string> => {
    if (situation === 'Draft') return open(crew.noc, { ...more, isDraft: true });
    const id = await open(crew.noc, more);
    const reached = situation === 'Pending' ? 'Accepted' : situation;
    for (const step of order.slice(0, order.indexOf(reached) + 1)) await steps[step](id, crew);
    if (situation === 'Pending') {
      const body = { remark: 'Rain.', pendingCategory: 'Weather', pendingInterval: 60 };
      await command(crew.noc, id, 'ticketStatus/pending', body);
    }
    return id;
  };

  return {
    call,
    member,
    signInAgain,
    area,
    client,
    newTicket,
    open,
    ticket,
    command,
    approve,
    read,
    waiting,
  };
};

export interface Crew {
  readonly noc: Member;
  readonly foc: Member;
}

export type Situation =
  | 'Draft'
  | 'Open'
  | 'Accepted'
  | 'OnTheWay'
  | 'CheckInAsked'
  | 'CheckedIn'
  | 'OnGoing'
  | 'LinkChecked'
  | 'Closed'
  | 'Pending';

export type CgsWorld = ReturnType<typeof cgsWorld>;
