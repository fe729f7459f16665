import { randomUUID } from 'node:crypto';
import { createPerson, type Grant, grants, updatePerson } from '../auth/grant.ts';
import type { Problem } from '../problem.ts';
import type { Runtime } from '../runtime.ts';
import { changeGathering } from '../store/change.ts';
import type { Loaded } from '../store/document.ts';
import type { Store } from '../store/store.ts';
import type { Check } from './check.ts';

/** How long only the caller who began a registration may go on with it. */
const HELD_MS = 2 * 60_000;

/** Whether a person is not registered yet, and this caller may go on with it. */
export const isOpenTo = (seen: Loaded<Grant> | undefined, by: string, now: Date): boolean => {
  if (seen === undefined) return true;
  const { held } = seen.data;
  return held != null && (held.by === by || held.until <= now);
};

/** A registration of somebody whose e-mail has an account already. */
interface Held {
  readonly uid: string;
  /** The caller's uid. */
  readonly by: string;
  readonly personOf: (uid: string, now: Date) => Grant;
  readonly check: () => Promise<Check>;
  readonly taken: Problem;
}

/**
 * Holds an account for the caller who registers its person, before its password is changed: as a
 * person who may do nothing, so that its old password never signs in as them. When the process ends
 * before the registration does, the caller repeats it, or after two minutes anybody.
 *
 * @returns the refusal if somebody has the account, or is about to
 */
export const hold = async (
  runtime: Runtime,
  store: Store,
  { uid, by, personOf, check, taken }: Held,
): Promise<Problem | undefined> => {
  const key = grants.doc(uid);
  const outcome = await changeGathering<undefined, Problem, Check>(store, runtime.groups, {
    changeId: randomUUID(),
    read: (more) => store.load([key, ...more]),
    gather: check,
    decide: ({ reads, gathered: { refused } }) => {
      const now = runtime.now();
      const seen = reads.get(key);
      const refusal = isOpenTo(seen, by, now) ? refused : taken;
      if (refusal !== undefined) return { kind: 'stop', value: refusal };
      const held = { by, until: new Date(now.getTime() + HELD_MS) };
      const person = { ...personOf(uid, now), active: false, access: {}, held };
      const writes = seen ? updatePerson(seen, person, []) : createPerson(person, []);
      return { kind: 'write', plan: { writes, answer: undefined } };
    },
  });
  return 'stopped' in outcome ? outcome.stopped : undefined;
};
