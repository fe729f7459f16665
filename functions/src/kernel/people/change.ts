import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Grant } from '../auth/grant.ts';
import { readOnlyChanges } from '../http/edit-body.ts';
import { invalid, Problem, refuse } from '../problem.ts';
import { isWithin } from '../resource/reach.ts';
import type { Store } from '../store/store.ts';
import type { Check } from './check.ts';
import type { Declaration } from './declaration.ts';
import { checkGrant } from './grant-check.ts';
import { isShared, personToWire, type UpdateBody } from './wire.ts';
import { workAt } from './work.ts';

/** A declaration that is only asked about people, whatever its roles. */
export type Declared<A, S extends z.ZodObject, D extends Grant> = Declaration<A, string, S, D>;

/** Where an access is in the body of a request. */
export const IN_BODY = 'access.';

/** Errors of an access as those of the field `access` of a body. */
const inBody = (errors: readonly { readonly path: string; readonly message: string }[]): Problem =>
  invalid(errors.map(({ path, message }) => ({ path: `${IN_BODY}${path}`, message })));

/** The access that a request asks for, if it is whole and the caller may give it. */
export const accessAsked = <A, S extends z.ZodObject, D extends Grant>(
  { access, errorsOf }: Pick<Declared<A, S, D>, 'access' | 'errorsOf'>,
  actor: A,
  asked: object,
): z.output<S> | Problem => {
  const { data, error } = access.safeParse(asked);
  if (data === undefined) {
    const issues = error?.issues ?? [];
    return inBody(issues.map(({ path, message }) => ({ path: path.join('.'), message })));
  }
  const errors = errorsOf(actor, data);
  return errors.length > 0 ? inBody(errors) : data;
};

/** The access of a person whom the caller reaches; undefined for anybody else. */
export const accessWithin = <A, S extends z.ZodObject, D extends Grant>(
  { desk, access, reach, isHidden }: Declared<A, S, D>,
  actor: A,
  person: Grant | undefined,
): z.output<S> | undefined => {
  const { data } = access.safeParse(person?.access[desk]);
  if (person === undefined || data === undefined || !isWithin(reach, actor, person)) {
    return undefined;
  }
  return isHidden?.(actor, data) === true ? undefined : data;
};

/** Who changes people. */
export interface Caller<A> {
  readonly actor: A;
  readonly id: string;
}

/** The access of a person whom the caller may change, or why they may not. */
export const accessToChange = <A, S extends z.ZodObject, D extends Grant>(
  declared: Declared<A, S, D>,
  { actor, id }: Caller<A>,
  person: Grant | undefined,
): z.output<S> | Problem => {
  if (declared.admits?.(actor, 'change') === false) return refuse('auth/forbidden');
  const access = accessWithin(declared, actor, person);
  if (access === undefined) return refuse('person/not-found');
  if (person?.id === id) return refuse('person/self');
  return declared.errorsOf(actor, access).length > 0 ? refuse('person/beyond-you') : access;
};

const PROFILE = ['email', 'nik', 'name', 'profilePhoto', 'phoneNumber'] as const;

/** The fields of a profile that a request would change, of those that it sends. */
export const profileChanges = (
  person: Grant,
  asked: UpdateBody['asked'],
): Partial<Pick<Grant, (typeof PROFILE)[number]>> =>
  Object.fromEntries(
    PROFILE.flatMap((field) => {
      const value = asked[field];
      return value === undefined || value === person[field] ? [] : [[field, value]];
    }),
  );

const isOn = (access: unknown): boolean =>
  z.object({ active: z.literal(true) }).safeParse(access).success;

/** Decides what a request makes of a person; a refusal if its caller may not do that. */
export const planChange = <A, S extends z.ZodObject, D extends Grant>(
  declared: Declared<A, S, D>,
  caller: Caller<A>,
  person: Grant | undefined,
  { sent, asked }: UpdateBody,
): Omit<Grant, 'updatedAt'> | Problem => {
  const { desk } = declared;
  const before = accessToChange(declared, caller, person);
  if (before instanceof Problem) return before;
  if (person === undefined) return refuse('person/not-found');
  const misled = readOnlyChanges(sent, { shape: asked }, personToWire(person, desk));
  if (misled !== undefined) return misled;
  const access = accessAsked(declared, caller.actor, { ...before, ...asked.access });
  if (access instanceof Problem) return access;
  const profile = profileChanges(person, asked);
  const isOwn = Object.keys(profile).length > 0 || asked.password !== undefined;
  if (isOwn && isShared(person, desk)) return refuse('person/shared');
  return { ...person, ...profile, access: { ...person.access, [desk]: access } };
};

/** A 409 that lists what a person has in progress at the desk, while which they can't leave it. */
export const checkLeaving = async <A, S extends z.ZodObject, D extends Grant>(
  { desk: name, workOf }: Declared<A, S, D>,
  store: Store,
  uid: string,
): Promise<Check> => {
  const tickets = await workAt(store, uid, [{ name, ...(workOf && { workOf }) }]);
  return tickets.length === 0 ? {} : { refused: refuse('person/has-tickets', { tickets }) };
};

/** Checks a planned change against the store. Gather it at each attempt. */
export const checkPlan = async <A, S extends z.ZodObject, D extends Grant>(
  declared: Declared<A, S, D>,
  store: Store,
  before: Grant,
  after: Grant,
): Promise<Check> => {
  const { desk, rules = {} } = declared;
  const [was, is] = [before.access[desk], after.access[desk]];
  const granted = isDeepStrictEqual(was, is)
    ? {}
    : await checkGrant(store, rules, is, after.id, IN_BODY);
  if (granted.refused !== undefined || !isOn(was) || isOn(is)) return granted;
  const { refused } = await checkLeaving(declared, store, after.id);
  return refused === undefined ? granted : { refused };
};
