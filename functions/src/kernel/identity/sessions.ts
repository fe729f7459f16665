import { z } from 'zod';
import { grants } from '../auth/grant.ts';
import {
  isLive,
  type OpenSession,
  openSessions,
  otherSessionsEnded,
  withoutSessions,
} from '../auth/session.ts';
import { type Endpoint, noInput } from '../http/endpoint.ts';
import { refuse } from '../problem.ts';
import type { Served } from './served.ts';

const date = z.iso.datetime();

const sessionSchema = z
  .object({
    id: z.string(),
    createdAt: date,
    lastSeenAt: date.meta({ description: 'to ten minutes' }),
    expiresAt: date.meta({ description: 'when it ends, if it is not used' }),
    address: z.string(),
    agent: z.string().meta({ description: 'the User-Agent header of the login' }),
    current: z.boolean().meta({ description: 'whether this request came by it' }),
  })
  .meta({ id: 'Session' });

const toWire = (
  { sid, createdAt, lastSeenAt, expiresAt, address, agent }: OpenSession,
  current: string,
): z.input<typeof sessionSchema> => ({
  id: sid,
  createdAt: createdAt.toISOString(),
  lastSeenAt: lastSeenAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  address,
  agent,
  current: sid === current,
});

/** Lists the caller's open sessions, of all desks and devices. */
export const listSessions = <A>({ style, own }: Served<A>): Endpoint =>
  own({
    method: 'get',
    path: '/me/sessions',
    summary: 'Lists where one is signed in',
    input: noInput,
    status: 200,
    output: style.list.schema(sessionSchema),
    returns: 'the open sessions, at most 20, the latest login first',
    cost: { reads: 1, writes: 0 },
    sample: {},
    handle: async ({ principal: { person, sid }, now }) =>
      style.list.of(openSessions(person, now).map((each) => toWire(each, sid))),
  });

const bySession = z.strictObject({
  sid: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .meta({ description: 'the id of a session of the caller' }),
});

/** Ends one of the caller's sessions, also the one that the request came by. */
export const endOneSession = <A>({ style, own }: Served<A>): Endpoint =>
  own({
    method: 'delete',
    path: '/me/sessions/:sid',
    summary: 'Signs one device out',
    input: { ...noInput, params: bySession },
    status: 200,
    output: style.done.schema,
    returns: 'no data',
    cost: { reads: 1, writes: 1 },
    sample: { given: 'two sessions' },
    handle: ({ input: { params }, principal: { person }, change }) =>
      change({
        decide: ({ reads, now }) => {
          const seen = reads.get(grants.doc(person.id));
          if (seen === undefined || !isLive(seen.data, params.sid, now)) {
            return refuse('resource/not-found');
          }
          return {
            writes: [grants.update(seen, withoutSessions(seen.data, [params.sid], now))],
            answer: style.done.of('Session ended'),
          };
        },
      }),
  });

/** Ends all of the caller's sessions but this one, and each sign-in that is under way. */
export const endOtherSessions = <A>({ style, own }: Served<A>): Endpoint =>
  own({
    method: 'delete',
    path: '/me/sessions',
    summary: 'Signs all other devices out',
    input: noInput,
    status: 200,
    output: style.done.schema,
    returns: 'no data',
    cost: { reads: 1, writes: 1 },
    sample: { given: 'two sessions' },
    handle: ({ principal: { person, sid }, change }) =>
      change({
        decide: ({ reads, now }) => {
          const seen = reads.get(grants.doc(person.id));
          if (seen === undefined) return refuse('auth/required');
          return {
            writes: [grants.update(seen, otherSessionsEnded(seen.data, sid, now))],
            answer: style.done.of('Other sessions ended'),
          };
        },
      }),
  });
