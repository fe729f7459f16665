import { people } from '../../functions/src/kernel/auth/person.ts';
import { sessions } from '../../functions/src/kernel/auth/session.ts';
import {
  checkOf,
  type DeskChecks,
  expectFields,
  expectSame,
  expectThat,
  recordCheck,
} from './check.ts';

/** `sessions/{hash}`: the copy of the person is up to date. */
const sessionCheck = checkOf(sessions, {
  refers: ({ uid }) => [people.doc(uid)],
  faults: ({ uid, person: held }, _, found) => {
    const person = found(people.doc(uid));
    if (person === undefined)
      return expectThat(false, 'uid', `names users/${uid}, who is not there`);
    // A later sign-in updates only the person.
    const { lastLoginAt: __, ...copied } = person;
    return [...expectSame('person.id', held.id, uid), ...expectFields(held, copied, 'person.')];
  },
});

/** What must hold of documents that all desks share. */
export const kernelChecks: DeskChecks = {
  collections: [recordCheck(people), sessionCheck],
};
