import { grants } from '../../src/kernel/auth/grant.ts';
import { people } from '../../src/kernel/auth/person.ts';
import { users } from '../../src/desks/cgs/users/people.ts';
import type { TestApi } from './harness.ts';
import { leavesUnsound } from './written-data.ts';

/** The active SuperAdmins of this process's store, in which other tests have left theirs. */
export const superAdminsOf = ({ runtime: { store } }: TestApi) => {
  const idsOfActive = async (): Promise<string[]> => {
    const query = users.queries.activeOfRole.where({
      'access.cgs.role': 'SuperAdmin',
      active: true,
      'access.cgs.active': true,
    });
    return (await store.find({ anyOf: [query], limit: 400 })).map(({ id }) => id);
  };

  /** Changes only what is shown of people: whoever is signed in stays so. */
  const setActive = async (ids: readonly string[], isActive: boolean): Promise<void> => {
    const keys = ids.map((id) => people.doc(id));
    const unsound = new Set(keys.flatMap(({ id, path }) => [path, grants.doc(id).path]));
    leavesUnsound((path) => unsound.has(path));
    const reads = await store.load(keys);
    const writes = keys.flatMap((key) => {
      const seen = reads.get(key);
      return seen === undefined ? [] : [people.update(seen, { active: isActive })];
    });
    if (writes.length > 0) await store.commit(writes);
  };

  /** Deactivates all but the given ones; returns the ids of those. */
  const retireOthers = async (...kept: readonly string[]): Promise<string[]> => {
    const retired = (await idsOfActive()).filter((id) => !kept.includes(id));
    await setActive(retired, false);
    return retired;
  };

  return { idsOfActive, retireOthers, setActive };
};
