import { desks } from '../../functions/src/api.ts';
import { statuses } from '../../functions/src/desks/community/records.ts';
import { grants as persons } from '../../functions/src/kernel/auth/grant.ts';
import { reservationOf, reservations } from '../../functions/src/kernel/store/unique.ts';
import { masterReservationsOf } from './cgs/master.ts';
import { type Across, checkOf, type DeskChecks, type Doc, readDoc } from './check.ts';

/** The paths in `uniques` that the accesses of a person hold. */
const grantReservationsOf = ({ path, id, data }: Doc): string[] => {
  const read = path === persons.doc(id).path ? readDoc(persons.doc(id), data) : { faults: [] };
  if (!('data' in read)) return [];
  const { access } = read.data;
  return desks.flatMap(({ name, grants }) =>
    grants?.unique === undefined || access[name] === undefined
      ? []
      : [reservationOf(grants.unique.value(access[name])).path],
  );
};

/** The path in `uniques` that the code of a community's status holds. */
const statusReservationsOf = ({ path, id, data }: Doc): string[] => {
  const read = path === statuses.doc(id).path ? readDoc(statuses.doc(id), data) : { faults: [] };
  return 'data' in read ? [reservationOf([statuses.name, 'codigo', read.data.codigo]).path] : [];
};

/**
 * Every document of `uniques` has its holder. One that names a person who is there may be left of an
 * access that was withdrawn; whoever is granted the same value takes it over.
 */
const reservationsAcross = (): Across => {
  const held = new Set<string>();
  const holders = new Map<string, string>();
  const present = new Set<string>();
  return {
    see: (doc) => {
      const { path, id, data } = doc;
      for (const reservation of [
        masterReservationsOf,
        grantReservationsOf,
        statusReservationsOf,
      ].flatMap((of) => of(doc)))
        held.add(`${reservation} ${id}`);
      if (path === persons.doc(id).path) present.add(id);
      const read =
        path === reservations.doc(id).path ? readDoc(reservations.doc(id), data) : { faults: [] };
      if ('data' in read) holders.set(path, read.data.holder);
    },
    end: () =>
      [...holders]
        .filter(([path, holder]) => !held.has(`${path} ${holder}`) && !present.has(holder))
        .map(([document, holder]) => ({
          document,
          field: 'holder',
          problem: `names ${holder}, who has no such value`,
        })),
  };
};

/** What must hold of `uniques/{hash}`: who holds a value that no other record may have. */
export const reservationChecks: DeskChecks = {
  collections: [checkOf(reservations)],
  across: [reservationsAcross],
};
