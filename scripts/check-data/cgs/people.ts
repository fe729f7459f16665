import { areaOf } from '../../../functions/src/desks/cgs/copies/area.ts';
import { type User, userSchema } from '../../../functions/src/desks/cgs/users/people.ts';
import { areas } from '../../../functions/src/desks/cgs/master/collections.ts';
import { people } from '../../../functions/src/kernel/auth/person.ts';
import {
  checkOf,
  expectCopy,
  expectSame,
  type Fault,
  type Found,
  issuesOf,
  withArchived,
} from '../check.ts';

const areaFaults = ({ access: { cgs } }: User, found: Found): Fault[] => [
  ...expectSame('access.cgs.area', cgs.area, cgs.areas[0]?.name ?? null),
  ...cgs.areas.flatMap((area, index) => {
    const field = `access.cgs.areas.${index}`;
    return [
      ...expectSame(`${field}.region`, area.region, cgs.region),
      ...expectCopy(field, area, areas.doc(area.id), areaOf, found),
    ];
  }),
];

/** This desk's part of `users/{uid}`, where a person has one. */
export const peopleCheck = checkOf(people, {
  refers: (person) => {
    const user = userSchema.safeParse(person).data;
    return user?.access.cgs.areas.flatMap(({ id }) => withArchived(areas.doc(id))) ?? [];
  },
  faults: (person, _, found) => {
    if (person.access['cgs'] === undefined) return [];
    const { data, error } = userSchema.safeParse(person);
    return data === undefined ? issuesOf(error) : areaFaults(data, found);
  },
});
