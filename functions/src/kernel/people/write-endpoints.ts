import type { z } from 'zod';
import { type Grant, grants, newPerson, updatePerson } from '../auth/grant.ts';
import type { GrantRules } from '../auth/grants.ts';
import type { Principal } from '../auth/principal.ts';
import type { Desk } from '../http/desk.ts';
import { type Context, type Endpoint, noInput } from '../http/endpoint.ts';
import { ATTACH_REFUSALS } from '../media/attach.ts';
import { Problem, refuse } from '../problem.ts';
import { byId } from '../store/ids.ts';
import {
  accessAsked,
  accessToChange,
  type Caller,
  checkLeaving,
  checkPlan,
  IN_BODY,
  planChange,
  profileChanges,
} from './change.ts';
import { changePerson } from './change-person.ts';
import { checkGrant, costOfGrant } from './grant-check.ts';
import { registerPerson } from './register.ts';
import type { Served } from './served.ts';
import {
  personToWire,
  type RegisterBody,
  registerBody,
  type UpdateBody,
  updateBody,
} from './wire.ts';

const callerOf = <A>(actor: A, principal: Principal | undefined): Caller<A> => ({
  actor,
  id: principal?.person.id ?? '',
});

/** The refusals that only some desks have. */
const ifTaken = ({ rules }: { readonly rules?: GrantRules }) =>
  rules?.unique ? (['access/taken'] as const) : [];
const ifAtWork = ({ workOf }: Pick<Desk, 'workOf'>) =>
  workOf ? (['person/has-tickets'] as const) : [];

type Handling<A> = Omit<Context<A, unknown>, 'input'>;

/** Registers a person, if the caller may give them this access. */
const registered = <A, Role extends string, S extends z.ZodObject, D extends Grant>(
  { declared, style }: Served<A, Role, S, D>,
  { actor, ...context }: Handling<A>,
  { password, access: asked, profilePhoto = null, ...profile }: RegisterBody,
) => {
  const { desk, admits, rules = {} } = declared;
  const granted = (who: A) =>
    admits?.(who, 'change') === false
      ? refuse('auth/forbidden')
      : accessAsked(declared, who, asked);
  const access = granted(actor);
  if (access instanceof Problem) return Promise.resolve(access);
  return registerPerson<A, Grant, unknown>(context, {
    credentials: { email: profile.email, password, name: profile.name },
    active: true,
    listing: [],
    personOf: (id, now) => {
      const known = { ...profile, id, profilePhoto, active: true };
      return newPerson({ ...known, access: { [desk]: access } }, now);
    },
    check: (uid) => checkGrant(context.store, rules, access, uid, IN_BODY),
    refusalTo: (who) => {
      const still = granted(who);
      return still instanceof Problem ? still : undefined;
    },
    taken: refuse('person/email-taken'),
    answer: (person) => style.one.of(personToWire(person, desk)),
  });
};

/** Registers a person with access to the desk. */
export const registerOne = <A, Role extends string, S extends z.ZodObject, D extends Grant>(
  served: Served<A, Role, S, D>,
): Endpoint => {
  const { declared, style, wire } = served;
  const { samples, rules = {} } = declared;
  const granting = costOfGrant(rules, declared.access.parse(samples.register.access));
  return served.endpoint({
    method: 'post',
    path: '/people',
    summary: 'Registers a person with access to this desk',
    refusals: ['person/email-taken', ...ifTaken(declared), ...ATTACH_REFUSALS, 'auth/unavailable'],
    input: { ...noInput, body: registerBody(declared.access) },
    status: 201,
    output: style.one.schema(wire),
    returns: 'the new person',
    // The caller, whether there is such a person, and what the access depends on.
    cost: { reads: 2 + granting.reads, writes: 2 + granting.writes },
    audit: 'person',
    sample: {
      given: samples.free,
      body: { name: 'Rina Marlina', phoneNumber: '+62 812-3456-7890', ...samples.register },
    },
    handle: ({ input, ...context }) => registered(served, context, input.body),
  });
};

const updated = <A, Role extends string, S extends z.ZodObject, D extends Grant>(
  { declared, style }: Served<A, Role, S, D>,
  context: Handling<A>,
  id: string,
  body: UpdateBody,
) =>
  changePerson<A, Grant, unknown>(context, {
    id,
    listing: [],
    next: (before, actor, now) => {
      const plan = planChange(declared, callerOf(actor, context.principal), before, body);
      return plan instanceof Problem ? plan : { ...plan, updatedAt: now };
    },
    credentials: (before) => {
      const { email, name } = profileChanges(before, body.asked);
      return { email, name, password: body.asked.password };
    },
    check: (before, after) => checkPlan(declared, context.store, before, after),
    taken: refuse('person/email-taken'),
    answer: (person) => style.one.of(personToWire(person, declared.desk)),
  });

/** Changes a person of the desk: their access and, if they are of no other desk, their profile. */
export const updateOne = <A, Role extends string, S extends z.ZodObject, D extends Grant>(
  served: Served<A, Role, S, D>,
): Endpoint => {
  const { declared, style, wire } = served;
  return served.endpoint({
    method: 'put',
    path: '/people/:id',
    summary: 'Changes a person of this desk; a new e-mail or password signs them out everywhere',
    refusals: [
      'person/not-found',
      'person/self',
      'person/beyond-you',
      'person/shared',
      'person/email-taken',
      ...ifAtWork(declared),
      ...ifTaken(declared),
      ...ATTACH_REFUSALS,
      'auth/unavailable',
    ],
    input: { ...noInput, params: byId, body: updateBody(declared.access) },
    status: 200,
    output: style.one.schema(wire),
    returns: 'the person as they are now',
    // The caller and the person.
    cost: { reads: 2, writes: 2 },
    audit: 'person',
    sample: { given: declared.samples.given, body: { name: 'Rina Wijaya' } },
    loads: ({ params }) => [grants.doc(params.id)],
    handle: ({ input: { params, body }, ...context }) => updated(served, context, params.id, body),
  });
};

/** Takes the access to the desk from a person. */
const withdrawn = <A, Role extends string, S extends z.ZodObject, D extends Grant>(
  { declared, style }: Served<A, Role, S, D>,
  { store, change, principal }: Handling<A>,
  id: string,
) =>
  change({
    gather: () => checkLeaving(declared, store, id),
    decide: ({ reads, gathered: { refused }, actor, now }) => {
      const seen = reads.get(grants.doc(id));
      const access = accessToChange(declared, callerOf(actor, principal), seen?.data);
      if (access instanceof Problem) return access;
      if (seen === undefined) return refuse('person/not-found');
      if (refused !== undefined) return refused;
      const { [declared.desk]: _, ...others } = seen.data.access;
      return {
        writes: updatePerson(seen, { access: others, updatedAt: now }, []),
        answer: style.one.of(personToWire(seen.data, declared.desk)),
      };
    },
  });

/** Withdraws the access to the desk from a person; what they may do elsewhere stays. */
export const withdrawOne = <A, Role extends string, S extends z.ZodObject, D extends Grant>(
  served: Served<A, Role, S, D>,
): Endpoint => {
  const { declared, style, wire } = served;
  return served.endpoint({
    method: 'delete',
    path: '/people/:id',
    summary: 'Withdraws the access to this desk; access to other desks stays',
    refusals: ['person/not-found', 'person/self', 'person/beyond-you', ...ifAtWork(declared)],
    input: { ...noInput, params: byId },
    status: 200,
    output: style.one.schema(wire),
    returns: 'the person as they were',
    // The caller, the person, and the search for work if the desk assigns some.
    cost: { reads: declared.workOf ? 3 : 2, writes: 2 },
    audit: 'access',
    sample: { given: declared.samples.given },
    loads: ({ params }) => [grants.doc(params.id)],
    handle: ({ input: { params }, ...context }) => withdrawn(served, context, params.id),
  });
};
