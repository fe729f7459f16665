import { expect } from 'chai';
import { replies, subscribers, tickets } from '../../../src/desks/isp/records.ts';
import { MOST_REPLIES, type Role } from '../../../src/desks/isp/domain/vocabulary.ts';
import type { Collection } from '../../../src/kernel/store/collection.ts';
import { type Bearer, bearer } from '../../support/bearer.ts';
import { at, type Received, type Sending, send } from '../../support/client.ts';
import type { TestApi } from '../../support/harness.ts';

/** A member of an ISP's staff with an ID token. */
export interface Agent extends Bearer {
  readonly role: Role;
  readonly userId: number;
  readonly ispId: number;
  readonly branchIds: readonly number[];
}

/** Where a person acts, in the form of a request; by default in their first branch. */
export const placeOf = ({ userId, ispId, branchIds: [first = 1] }: Agent, branchId = first) => ({
  isp_id: ispId,
  branch_id: branchId,
  user_id: userId,
});

export const queryOf = (agent: Agent, more: Readonly<Record<string, unknown>> = {}): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...placeOf(agent), ...more })) {
    search.set(name, String(value));
  }
  return search.toString();
};

/** What tests of the ISP desk need around them: staff, subscribers and tickets. */
export const ispWorld = (api: TestApi) => {
  const { url, runtime } = api;
  const call = (method: string, path: string, sending: Sending = {}) =>
    send(url, method, `/api/v1${path}`, sending);

  /** A member of the ISP's staff, by default the one of the contract's examples. */
  const agent = async (
    { role = 'staff', ispId = 1, branchIds = [1, 2], userId = 1 }: Partial<Agent> = {},
    name = 'Admin',
  ): Promise<Agent> => {
    const access = { isp: { role, userId, ispId, branchIds, active: true } };
    return { ...(await bearer(api, access, name)), role, userId, ispId, branchIds };
  };

  const created = (answer: Received): number => {
    expect(answer.status, answer.text).to.equal(201);
    return Number(at(answer.body, 'data', 'id'));
  };

  /** Opens a ticket; `more` overrides fields of the request. */
  const open = async (as: Agent, more: object = {}): Promise<number> => {
    const body = {
      ...placeOf(as),
      title: 'Connection Issue',
      description: 'Cannot connect to internet',
      priority: 2,
      ...more,
    };
    return created(await call('POST', '/tickets', { as, body }));
  };

  const subscriber = async (as: Agent, more: object = {}): Promise<number> => {
    const body = { ...placeOf(as), name: 'John Doe', ...more };
    return created(await call('POST', '/subscribers', { as, body }));
  };

  const reply = (as: Agent, id: number, message = 'We are looking into this.') =>
    call('POST', `/tickets/${id}/reply`, { as, body: { ...placeOf(as), message } });

  const setStatus = (as: Agent, id: number, status: number) =>
    call('PUT', `/tickets/${id}/status`, { as, body: { ...placeOf(as), status } });

  /** A document as it is stored; undefined when it does not exist. */
  const read = async <T>(from: Collection<T>, id: number): Promise<T | undefined> => {
    const key = from.doc(String(id));
    return (await runtime.store.get(key))?.data;
  };

  /** The replies of a ticket, also when the ticket itself is deleted. */
  const repliesTo = async ({ ispId }: Agent, id: number) => {
    const found = await runtime.store.find({
      anyOf: [replies.queries.toTicket.where({ ispId, ticketId: id })],
      limit: MOST_REPLIES + 1,
    });
    return found.map(({ data }) => data);
  };

  return {
    call,
    agent,
    open,
    subscriber,
    reply,
    setStatus,
    repliesTo,
    ticket: (id: number) => read(tickets, id),
    subscriberOf: (id: number) => read(subscribers, id),
  };
};

export type IspWorld = ReturnType<typeof ispWorld>;
