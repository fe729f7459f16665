import { incidents } from '../../../src/desks/cgs/incidents/collection.ts';
import { tickets } from '../../../src/desks/cgs/tickets/collection.ts';
import {
  type Asked,
  createKnown,
  type Dice,
  watch,
  type Watched,
} from '../../histories/desk-history.ts';
import { at, textAt } from '../../support/client.ts';

/** What a stored incident shows of the requests that wrote it. */
export const watchedIncidents: Watched = watch(
  incidents,
  ({ remark, title, notes, incidentId, expectedEndAt, status }, path) => ({
    adds: [
      { what: `incident ${remark ?? ''}` },
      ...notes.map((note) => ({ what: `noted ${note.remark}`, in: path })),
    ],
    values: { incidentId, title, expectedEndAt: expectedEndAt?.toISOString() ?? null, status },
  }),
);

/** What NOC does with incidents; `ticket` is one of the tickets that are known so far. */
export const incidentCommands = (ticket: (die: number) => string | undefined) => {
  const known = createKnown<string>();
  const path = (id: string): string => incidents.doc(id).path;

  const open = ({ mark }: Dice): Asked => ({
    method: 'POST',
    path: '/v1/incidents',
    body: { title: mark, remark: mark, region: 'West', networkSegment: 'Backbone' },
    effects: [
      { adds: `incident ${mark}` },
      { sets: 'title', to: mark },
      { sets: 'status', to: 'Open' },
    ],
    made: (body) => ({
      path: path(textAt(body, 'data', 'result', 'id')),
      values: { incidentId: at(body, 'data', 'result', 'incidentId') },
    }),
    learn: (body) => known.add(textAt(body, 'data', 'result', 'id')),
  });

  const on =
    (ask: (id: string, dice: Dice) => Asked | undefined) =>
    (dice: Dice): Asked | undefined => {
      const id = known.pick(dice.target, 3);
      return id === undefined ? undefined : ask(id, dice);
    };

  const note = on((id, { mark }) => ({
    method: 'POST',
    path: `/v1/incidents/${id}/notes`,
    body: { remark: mark },
    effects: [{ adds: `noted ${mark}`, in: path(id) }],
  }));
  const putOff = on((id, { mark, value }) => {
    const expectedEndAt = new Date(Date.UTC(2026, 10, 25, 0, value % 1440)).toISOString();
    return {
      method: 'PUT',
      path: `/v1/incidents/${id}`,
      body: { expectedEndAt, title: mark },
      effects: [
        { sets: 'expectedEndAt', to: expectedEndAt, in: path(id) },
        { sets: 'title', to: mark, in: path(id) },
      ],
    };
  });
  // Its tickets are closed behind the API.
  const close = on((id, { mark, value }) =>
    value % 4 > 0
      ? undefined
      : {
          method: 'POST',
          path: `/v1/incidents/${id}/close`,
          body: { remark: mark, tickets: value % 8 > 0 ? 'leave' : 'close' },
          effects: [{ sets: 'status', to: 'Closed', in: path(id) }],
        },
  );
  const link = on((id, { value }) => {
    const linked = ticket(value);
    if (linked === undefined) return undefined;
    return {
      method: 'POST',
      path: `/v1/incidents/${id}/tickets`,
      body: { ticketIds: [linked] },
      effects: [{ sets: 'incident', to: id, in: tickets.doc(linked).path }],
    };
  });
  const unlink = on((id, { value }) => {
    const linked = ticket(value);
    if (linked === undefined) return undefined;
    return {
      method: 'DELETE',
      path: `/v1/incidents/${id}/tickets/${linked}`,
      effects: [{ sets: 'incident', to: null, in: tickets.doc(linked).path }],
    };
  });

  return {
    commands: [open, note, putOff, close, link, link, unlink] as const,
    /** One of the latest incidents. */
    pick: (die: number): string | undefined => known.pick(die, 3),
  };
};
