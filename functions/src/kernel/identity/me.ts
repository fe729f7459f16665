import { z } from 'zod';
import type { Principal } from '../auth/principal.ts';
import { profileToWire, profileWire } from '../auth/profile-wire.ts';
import { type Endpoint, noInput } from '../http/endpoint.ts';
import type { Served } from './served.ts';

const date = z.iso.datetime();

const sessionSchema = z.object({ id: z.string(), createdAt: date, expiresAt: date });

const sessionOf = ({ person, sid }: Principal) => ({
  id: sid,
  createdAt: person.signIns[sid]?.createdAt.toISOString(),
  expiresAt: person.sessions[sid]?.toISOString(),
});

/** Returns the caller: their profile, role and access at this desk, and their session. */
export const getMe = <A>({ settings, style, own }: Served<A>): Endpoint => {
  const { name, roles, access, roleOf } = settings;
  const schema = z
    .object({
      ...profileWire.shape,
      role: z.enum(roles),
      access,
      session: sessionSchema,
    })
    .meta({ id: 'Me' });
  return own({
    method: 'get',
    path: '/me',
    summary: 'Returns who is signed in, and what they may do here',
    input: noInput,
    status: 200,
    output: style.one.schema(schema),
    returns: 'the caller: profile, role, access to this desk, session',
    cost: { reads: 1, writes: 0 },
    sample: {},
    handle: async ({ actor, principal }) =>
      style.one.of({
        ...profileToWire(principal.person),
        role: roleOf(actor),
        access: access.parse(principal.person.access[name]),
        session: sessionOf(principal),
      }),
  });
};
