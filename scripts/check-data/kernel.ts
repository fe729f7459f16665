import { people } from '../../functions/src/kernel/auth/person.ts';
import { sessions } from '../../functions/src/kernel/auth/session.ts';
import { archive, archivedKey } from '../../functions/src/kernel/resource/archive.ts';
import { copyRuns } from '../../functions/src/kernel/store/copy-runs.ts';
import { anyDocument } from '../../functions/src/kernel/store/document.ts';
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

/** Where an archived record was. */
const originOf = (collection: string, { id }: { readonly id: string | number }) =>
  anyDocument(`${collection}/${id}`);

/** `archive/{collection}-{id}`: a deleted record, which is nowhere else. */
const archiveCheck = checkOf(archive, {
  refers: ({ collection, record }) => [originOf(collection, record)],
  faults: ({ collection, record, archivedAt, dueAt }, doc, found) => {
    const origin = originOf(collection, record);
    return [
      ...expectSame('record.id', archivedKey(origin).id, doc.id),
      ...expectThat(dueAt > archivedAt, 'dueAt', 'is not after archivedAt'),
      ...expectThat(found(origin) === undefined, 'record', `is at ${origin.path} as well`),
    ];
  },
});

/** What must hold of documents that all desks share. */
export const kernelChecks: DeskChecks = {
  collections: [recordCheck(people), sessionCheck, archiveCheck, checkOf(copyRuns)],
};
