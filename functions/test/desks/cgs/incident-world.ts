import { z } from 'zod';
import {
  type Incident,
  incidentWireSchema,
} from '../../../src/desks/cgs/domain/incidents/schemas.ts';
import { at, type Received, textAt } from '../../support/client.ts';
import type { CgsWorld, Member } from './world.ts';

const answerSchema = z.object({ data: z.object({ result: incidentWireSchema }) });

/** What an incident opens tickets with. */
export const OPENING = {
  type: 'Trouble',
  source: 'DeviceLog',
  indicationCategory: 'FiberCut',
} as const;

/** What tests of incidents need: incidents, and what people do with them. */
export const incidentWorld = ({ call }: CgsWorld) => {
  const shown = ({ body, text }: Received) => {
    const { data } = answerSchema.safeParse(body);
    if (data === undefined) throw new Error(text);
    return data.data.result;
  };

  /** Opens an incident; `more` overrides fields of the request. */
  const open = async (as: Member, more: object = {}): Promise<string> => {
    const answer = await call('POST', '/v1/incidents', {
      as,
      body: { title: 'Backbone cut', networkSegment: 'Backbone', ...more },
    });
    if (answer.status !== 201) throw new Error(answer.text);
    return textAt(answer.body, 'data', 'result', 'id');
  };

  const get = async (as: Member, id: string) =>
    shown(await call('GET', `/v1/incidents/${id}`, { as }));

  const edit = (as: Member, id: string, body: object) =>
    call('PUT', `/v1/incidents/${id}`, { as, body });

  const note = (as: Member, id: string, remark: string, more: object = {}) =>
    call('POST', `/v1/incidents/${id}/notes`, { as, body: { remark, ...more } });

  const link = (as: Member, id: string, ...ticketIds: readonly string[]) =>
    call('POST', `/v1/incidents/${id}/tickets`, { as, body: { ticketIds } });

  const unlink = (as: Member, id: string, ticket: string) =>
    call('DELETE', `/v1/incidents/${id}/tickets/${ticket}`, { as });

  const openTickets = (as: Member, id: string, more: object = {}) =>
    call('POST', `/v1/incidents/${id}/open-tickets`, { as, body: { ...OPENING, ...more } });

  const close = (
    as: Member,
    id: string,
    tickets: NonNullable<Incident['closing']>['tickets'],
    remark = 'Spliced.',
  ) => call('POST', `/v1/incidents/${id}/close`, { as, body: { remark, tickets } });

  /** The incident that a ticket shows. */
  const incidentOf = async (as: Member, ticket: string): Promise<unknown> =>
    at((await call('GET', `/v1/tickets/${ticket}`, { as })).body, 'data', 'result', 'incident');

  return { open, get, edit, note, link, unlink, openTickets, close, incidentOf };
};

export type IncidentWorld = ReturnType<typeof incidentWorld>;
