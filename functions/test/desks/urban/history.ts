import { tickets } from '../../../src/desks/urban/records.ts';
import { STATUSES } from '../../../src/desks/urban/domain/vocabulary.ts';
import {
  type Asked,
  createKnown,
  type DeskHistory,
  type Dice,
  oneOf,
  pick,
  showing,
  watch,
} from '../../histories/desk-history.ts';
import { textAt } from '../../support/client.ts';
import { ELEVATOR, urbanWorld } from './world.ts';

const BASE = '/api/urban/tickets';
const documentOf = (id: string): string => `${tickets.name}/${id}`;

/** The commands of the city services, on the tickets that are known so far. */
const createCommands = (technicians: readonly string[]) => {
  const known = createKnown<string>();

  const onTicket =
    (asked: (id: string, dice: Dice) => Asked) =>
    (dice: Dice): Asked | undefined => {
      const id = known.pick(dice.target);
      return id === undefined ? undefined : asked(id, dice);
    };

  const open = (dice: Dice): Asked => ({
    method: 'POST',
    path: BASE,
    body: { ...ELEVATOR, description: dice.mark, attachments: showing(dice) },
    effects: [
      { adds: `ticket ${dice.mark}` },
      { sets: 'title', to: ELEVATOR.title },
      { sets: 'status', to: 'PENDING' },
      { sets: 'assignedTo', to: null },
      { sets: 'attachments', to: showing(dice) },
    ],
    made: (body) => ({ path: documentOf(textAt(body, 'id')) }),
    learn: (body) => known.add(textAt(body, 'id')),
  });

  const edit = onTicket((id, dice) => ({
    method: 'PUT',
    path: `${BASE}/${id}`,
    body: { title: dice.mark, attachments: showing(dice) },
    effects: [
      { sets: 'title', to: dice.mark, in: documentOf(id) },
      { sets: 'attachments', to: showing(dice), in: documentOf(id) },
    ],
  }));

  const note = onTicket((id, { mark }) => ({
    method: 'PATCH',
    path: `${BASE}/${id}/notes`,
    body: { notes: mark },
    effects: [{ adds: `note ${mark}`, in: documentOf(id) }],
  }));

  const assign = onTicket((id, { value }) => {
    const technicianId = pick(technicians, value) ?? 'nobody';
    return {
      method: 'PATCH',
      path: `${BASE}/${id}/assign`,
      body: { technicianId },
      effects: [
        { sets: 'assignedTo', to: technicianId, in: documentOf(id) },
        { sets: 'status', to: 'IN_PROGRESS', in: documentOf(id) },
      ],
    };
  });

  const setStatus = onTicket((id, { mark, value }) => {
    const status = oneOf(STATUSES, value);
    return {
      method: 'PATCH',
      path: `${BASE}/${id}/status`,
      body: { status, notes: mark },
      effects: [
        { sets: 'status', to: status, in: documentOf(id) },
        { adds: `note ${mark}`, in: documentOf(id) },
      ],
    };
  });

  const remove = onTicket((id) => ({
    method: 'DELETE',
    path: `${BASE}/${id}`,
    effects: [{ removes: documentOf(id) }],
  }));

  return { open, edit, note, assign, setStatus, remove };
};

/** Citizens, technicians and administrators of the city services. */
export const urbanHistory: DeskHistory = {
  watched: [
    watch(tickets, ({ title, description, status, assignedTo, attachments, noteLog }, path) => ({
      adds: [
        { what: `ticket ${description}` },
        ...noteLog.map(({ text }) => ({ what: `note ${text}`, in: path })),
      ],
      values: { title, status, assignedTo, attachments },
    })),
  ],
  begin: async (api) => {
    const { resident } = urbanWorld(api);
    const [citizen, neighbour, one, other, admin, boss] = await Promise.all([
      resident(),
      resident(),
      resident(),
      resident(),
      resident(['ticket:read', 'ticket:write', 'ticket:delete']),
      resident(['ticket:read', 'ticket:write', 'ticket:delete']),
    ]);
    const { open, edit, note, assign, setStatus, remove } = createCommands([one.id, other.id]);
    const ofCitizens = [open, open, setStatus] as const;
    const ofTechnicians = [note, note, setStatus] as const;
    const ofStaff = [assign, assign, assign, edit, note, setStatus, remove] as const;
    const cast = [
      { name: 'citizen', who: citizen, commands: ofCitizens },
      { name: 'neighbour', who: neighbour, commands: ofCitizens },
      { name: 'technician', who: one, commands: ofTechnicians },
      { name: 'other technician', who: other, commands: ofTechnicians },
      { name: 'administrator', who: admin, commands: ofStaff },
      { name: 'other administrator', who: boss, commands: ofStaff },
    ];
    return cast.map(({ name, who, commands }) => ({
      name: `urban ${name}`,
      as: who,
      next: (dice) => pick(commands, dice.command)?.(dice),
    }));
  },
};
