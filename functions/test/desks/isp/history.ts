import { replies, subscribers, tickets } from '../../../src/desks/isp/records.ts';
import { STATUSES } from '../../../src/desks/isp/domain/vocabulary.ts';
import {
  type Asked,
  createKnown,
  type DeskHistory,
  type Dice,
  pick,
  watch,
} from '../../histories/desk-history.ts';
import { at } from '../../support/client.ts';
import { type Agent, ispWorld, placeOf } from './world.ts';

const BASE = '/api/v1';
const WORDS = 'Cannot connect to internet';

const numberIn = (body: unknown): number => Number(at(body, 'data', 'id'));
const ticketOf = (id: number): string => `${tickets.name}/${id}`;
const subscriberOf = (id: number): string => `${subscribers.name}/${id}`;

/** The commands of the ISP helpdesk, on the records that are known so far. */
const createCommands = () => {
  const known = createKnown<number>();
  const customers = createKnown<number>();

  type Command = (dice: Dice, agent: Agent) => Asked | undefined;
  const on =
    (records: typeof known, asked: (id: number, dice: Dice, agent: Agent) => Asked): Command =>
    (dice, agent) => {
      const id = records.pick(dice.target);
      return id === undefined ? undefined : asked(id, dice, agent);
    };

  const open: Command = ({ mark, value }, agent) => {
    const subscriber = value % 2 === 0 ? customers.pick(value) : undefined;
    return {
      method: 'POST',
      path: `${BASE}/tickets`,
      body: {
        ...placeOf(agent),
        title: mark,
        description: WORDS,
        priority: 2,
        ...(subscriber !== undefined && { subscriber_id: subscriber }),
      },
      effects: [
        { adds: `ticket ${mark}` },
        { sets: 'description', to: WORDS },
        { sets: 'status', to: 0 },
      ],
      made: (body) => ({ path: ticketOf(numberIn(body)) }),
      learn: (body) => known.add(numberIn(body)),
    };
  };

  const reply = on(known, (id, { mark }, agent) => ({
    method: 'POST',
    path: `${BASE}/tickets/${id}/reply`,
    body: { ...placeOf(agent), message: mark },
    effects: [{ adds: `reply ${mark}`, in: ticketOf(id) }],
  }));

  const setStatus = on(known, (id, { value }, agent) => {
    const status = pick(STATUSES, value);
    return {
      method: 'PUT',
      path: `${BASE}/tickets/${id}/status`,
      body: { ...placeOf(agent), status },
      effects: [{ sets: 'status', to: status, in: ticketOf(id) }],
    };
  });

  const edit = on(known, (id, { mark }) => ({
    method: 'PUT',
    path: `${BASE}/tickets/${id}`,
    body: { description: mark },
    effects: [{ sets: 'description', to: mark, in: ticketOf(id) }],
  }));

  const remove = on(known, (id) => ({
    method: 'DELETE',
    path: `${BASE}/tickets/${id}`,
    effects: [{ removes: ticketOf(id) }],
  }));

  const addCustomer: Command = ({ mark }, agent) => ({
    method: 'POST',
    path: `${BASE}/subscribers`,
    body: { ...placeOf(agent), name: mark },
    effects: [{ adds: `subscriber ${mark}` }, { sets: 'address', to: null }],
    made: (body) => ({ path: subscriberOf(numberIn(body)) }),
    learn: (body) => customers.add(numberIn(body)),
  });

  const editCustomer = on(customers, (id, { mark }) => ({
    method: 'PUT',
    path: `${BASE}/subscribers/${id}`,
    body: { address: mark },
    effects: [{ sets: 'address', to: mark, in: subscriberOf(id) }],
  }));

  const removeCustomer = on(customers, (id) => ({
    method: 'DELETE',
    path: `${BASE}/subscribers/${id}`,
    effects: [{ removes: subscriberOf(id) }],
  }));

  return [
    open,
    open,
    reply,
    reply,
    reply,
    setStatus,
    edit,
    remove,
    addCustomer,
    editCustomer,
    removeCustomer,
  ] as const;
};

/** The staff of an ISP, who all may do everything, and a stranger of another one. */
export const ispHistory: DeskHistory = {
  watched: [
    watch(
      tickets,
      ({ title, description, status, replyCount }) => ({
        adds: [{ what: `ticket ${title}` }],
        values: { description, status },
        holds: replyCount,
      }),
      { counter: 'isp-ticket' },
    ),
    watch(
      replies,
      ({ message, ticketId }) => ({ adds: [{ what: `reply ${message}`, in: ticketOf(ticketId) }] }),
      { counter: 'isp-reply' },
    ),
    watch(
      subscribers,
      ({ name, address }) => ({ adds: [{ what: `subscriber ${name}` }], values: { address } }),
      { counter: 'isp-subscriber' },
    ),
  ],
  begin: async (api) => {
    const { agent } = ispWorld(api);
    const commands = createCommands();
    const staff = await Promise.all([
      agent({ userId: 1 }),
      agent({ userId: 2 }),
      agent({ userId: 3 }),
      agent({ userId: 4, branchIds: [2] }),
      agent({ userId: 1, ispId: 2 }),
    ]);
    return staff.map((who) => ({
      name: `isp ${who.ispId} agent ${who.userId}`,
      as: who,
      next: (dice) => pick(commands, dice.command)?.(dice, who),
    }));
  },
};
