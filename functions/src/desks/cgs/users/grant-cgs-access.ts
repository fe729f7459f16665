import { z } from 'zod';
import { type Grant, grants, updatePerson } from '../../../kernel/auth/grant.ts';
import { allSessionsEnded } from '../../../kernel/auth/session.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Reads } from '../../../kernel/store/document.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { cgs } from '../desk.ts';
import { findArea } from '../master/find-area.ts';
import { accessAnswer } from './desk-access.ts';
import { accessSchema, LISTING, placedIn } from './people.ts';
import { checkRemoval, OWN } from './removal.ts';
import { createUserBody } from './schemas.ts';

const { role, region, area } = createUserBody.shape;
const body = z.strictObject({ role, region, area, active: z.boolean().default(true) });

type Access = z.output<typeof accessSchema>;

const accessOf = (person: Grant | undefined): Access | undefined =>
  accessSchema.safeParse(person?.access['cgs']).data;

/** Whether somebody who had access can no longer do the work that they had. */
const isMoved = (before: Access | undefined, after: Access): boolean =>
  before !== undefined &&
  (before.role !== after.role || before.region !== after.region || before.active !== after.active);

/** The person with this access; one who is moved signs in again. */
const withAccess = (person: Grant, access: Access, now: Date): Grant => ({
  ...person,
  access: { ...person.access, cgs: access },
  updatedAt: now,
  ...(isMoved(accessOf(person), access) && allSessionsEnded(now)),
});

/** Grants access to this desk to somebody of another one, or changes the access that they have. */
export const grantCgsAccess = cgs.endpoint({
  method: 'put',
  path: '/users/:id/access/cgs',
  summary: 'Grants access to this desk; a new role or region signs the person out everywhere',
  contract: 'Common to all four, access',
  roles: ['SuperAdmin'],
  refusals: ['user/not-found', 'user/self', 'user/has-tickets', 'user/last-superadmin'],
  input: { ...noInput, params: byId, body },
  status: 200,
  output: accessAnswer,
  returns: 'the person with the access that they have now',
  // The caller and the person. One read more for an area, and for the work of one who is moved.
  cost: { reads: 2, writes: 2 },
  audit: 'access',
  sample: { as: 'SuperAdmin', given: 'somebody', body: { role: 'FOC', region: 'West' } },
  loads: ({ params }) => [grants.doc(params.id)],
  handle: async ({ input: { params, body: asked }, actor, store, change, now }) => {
    if (params.id === actor.id) return cgs.refuse('user/self');
    const { area: named, ...given } = asked;
    const found = named == null ? null : await findArea(store, asked.region, named);
    if (found instanceof Problem) return found;
    const access = { ...given, ...placedIn(found) };
    const check = (reads: Reads) => {
      const before = reads.get(grants.doc(params.id))?.data;
      const after = before && withAccess(before, access, now);
      const desks = isMoved(accessOf(before), access) ? [OWN] : [];
      return checkRemoval(store, { before, after, desks });
    };
    return change({
      gather: check,
      decide: ({ reads, gathered: { refused, writes = [] }, now: moment }) => {
        const seen = reads.get(grants.doc(params.id));
        if (seen === undefined) return cgs.refuse('user/not-found');
        if (refused !== undefined) return refused;
        const person = withAccess(seen.data, access, moment);
        const { id, email, name } = person;
        return {
          writes: [...updatePerson(seen, person, LISTING), ...writes],
          answer: { result: { id, email, name, access: person.access } },
        };
      },
    });
  },
});
