import { areaOf } from '../../../functions/src/desks/cgs/copies/area.ts';
import { type User, userSchema } from '../../../functions/src/desks/cgs/users/people.ts';
import { areas } from '../../../functions/src/desks/cgs/master/collections.ts';
import { people } from '../../../functions/src/kernel/auth/person.ts';
import { checkOf, expectSame, expectThat, type Fault, type Found, issuesOf } from '../check.ts';

const areaFaults = ({ access: { cgs } }: User, found: Found): Fault[] => [
  ...expectSame('access.cgs.area', cgs.area, cgs.areas[0]?.name ?? null),
  ...cgs.areas.flatMap((area, index) => {
    const field = `access.cgs.areas.${index}`;
    const source = found(areas.doc(area.id));
    return [
      ...expectSame(`${field}.region`, area.region, cgs.region),
      ...(source
        ? expectSame(field, area, areaOf(source))
        : expectThat(false, field, `names areas/${area.id}, which is not there`)),
    ];
  }),
];

/** This desk's part of `users/{uid}`, where a person has one. */
export const peopleCheck = checkOf(people, {
  refers: (person) => {
    const user = userSchema.safeParse(person).data;
    return user?.access.cgs.areas.map(({ id }) => areas.doc(id)) ?? [];
  },
  faults: (person, _, found) => {
    if (person.access['cgs'] === undefined) return [];
    const { data, error } = userSchema.safeParse(person);
    return data === undefined ? issuesOf(error) : areaFaults(data, found);
  },
});
