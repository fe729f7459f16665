import { type Grant, grants, updatePerson } from '../auth/grant.ts';
import { allSessionsEnded } from '../auth/session.ts';
import type { Context, Situation } from '../http/endpoint.ts';
import { Problem, refuse } from '../problem.ts';
import type { Reads } from '../store/document.ts';
import { type CredentialChange, updateAccount } from './account.ts';
import { allOf, type Check } from './check.ts';
import { checkPhoto } from './photo.ts';

/** What a request makes of a person; all of its functions are asked again at each attempt. */
export interface PersonChange<A, P extends Grant, T> {
  readonly id: string;
  /** The desks whose access lists and listeners show, if the change may concern one of them. */
  readonly listing: readonly string[];
  /** Pure: the person as they are to be, or why this caller may not have it so. */
  readonly next: (before: Grant | undefined, actor: A, now: Date) => P | Problem;
  /** What their account gets; fields that are left out stay as they are. */
  readonly credentials: (before: Grant) => CredentialChange;
  /** What must hold besides, and what has to be written as well. */
  readonly check: (before: Grant, after: P) => Promise<Check>;
  /** The refusal if somebody else has the e-mail. */
  readonly taken: Problem;
  readonly answer: (person: P) => T;
}

/** The person after a change; a new e-mail, password or activity ends their sessions. */
const withSessions = <P extends Grant>(
  before: Grant,
  after: P,
  { password }: CredentialChange,
): P => {
  const isEnded =
    password !== undefined || after.email !== before.email || after.active !== before.active;
  return isEnded ? { ...after, ...allSessionsEnded(after.updatedAt) } : after;
};

const planned = <A, P extends Grant, T>(
  { id, next, credentials }: PersonChange<A, P, T>,
  { reads, actor, now }: Situation<A>,
) => {
  const seen = reads.get(grants.doc(id));
  const after = next(seen?.data, actor, now);
  if (after instanceof Problem) return after;
  if (seen === undefined) return refuse('person/not-found');
  return { seen, after: withSessions(seen.data, after, credentials(seen.data)) };
};

type Changing<A> = Situation<A> &
  Pick<Context<A, unknown>, 'runtime' | 'store' | 'change' | 'principal'>;

/**
 * Changes a person who is among the loaded documents, and their account. The account comes first,
 * since a repeat has no further effect there; it is disabled last, since the commit may be refused.
 */
export const changePerson = async <A, P extends Grant, T>(
  context: Changing<A>,
  wanted: PersonChange<A, P, T>,
): Promise<T | Problem> => {
  const { runtime, reads, change, actor, now } = context;
  const { id, listing, credentials, check, taken, answer } = wanted;
  const checked = async (some: Reads): Promise<Check> => {
    const plan = planned(wanted, { reads: some, actor, now });
    if (plan instanceof Problem) return { refused: plan };
    const { seen, after } = plan;
    return allOf([check(seen.data, after), checkPhoto(context, seen.data, after)]);
  };
  const early = planned(wanted, context);
  if (early instanceof Problem) return early;
  const { refused } = await checked(reads);
  if (refused !== undefined) return refused;
  const asked = credentials(early.seen.data);
  if (!(await updateAccount(runtime, id, asked))) return taken;
  const answered = await change({
    gather: checked,
    decide: ({ gathered, ...situation }) => {
      const plan = planned(wanted, situation);
      if (plan instanceof Problem) return plan;
      if (gathered.refused !== undefined) return gathered.refused;
      const writes = updatePerson(plan.seen, plan.after, listing);
      return { writes: [...writes, ...(gathered.writes ?? [])], answer: answer(plan.after) };
    },
  });
  const isStopped = asked.active === false && !(answered instanceof Problem);
  if (isStopped) await runtime.accounts.update(id, { disabled: true });
  return answered;
};
