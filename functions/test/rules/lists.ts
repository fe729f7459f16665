import { getDocsFromServer } from 'firebase/firestore';
import { toQuery } from './environment.ts';
import type { Expectation } from './expectation.ts';
import { needsNoRole } from './gets.ts';
import {
  cgsPerson,
  HOME_REGIONS,
  REFUSED,
  type Region,
  ROLE_NAMES,
  type Role,
  uidOf,
} from './people.ts';
import { listeners } from './queries.ts';
import { WIDENED } from './widened.ts';

const meOf = (role: Role, home: Region) => ({ uid: uidOf(role, home), region: home });
// What NOC may ask though its apps do not: a part of what NOC may see.
const HARMLESS_FOR_NOC: ReadonlySet<string> = new Set(['openTickets', 'ticketsInProgress']);
const foreignTo = (home: Region): Region => (home === 'West' ? 'East' : 'West');

const homes = (roles: readonly Role[]): readonly (readonly [Role, Region])[] =>
  roles.flatMap((role) => HOME_REGIONS.map((home) => [role, home] as const));

const listenerLists = listeners.flatMap(({ name, roles, collection, where }) =>
  homes(roles).map(([role, home]): Expectation => {
    const person = cgsPerson(role, home);
    return {
      title: `${person.key} may listen to ${name}`,
      collection,
      person,
      allowed: true,
      attempt: (db) => getDocsFromServer(toQuery(db, collection, [where(meOf(role, home))])),
    };
  }),
);

/** A listener opened by a role that it is not for, with that person's own uid and region. */
const foreignListeners = listeners.flatMap(({ name, roles, collection, where }) =>
  homes(ROLE_NAMES.filter((role) => !roles.includes(role)))
    // A SuperAdmin sees every ticket and every person of the desk, so any query about them passes.
    .filter(([role]) => role !== 'SuperAdmin')
    .map(([role, home]): Expectation => {
      const person = cgsPerson(role, home);
      const harmless = role === 'NOC' && HARMLESS_FOR_NOC.has(name);
      return {
        title: `${person.key} ${harmless ? 'may' : 'never gets to'} listen to ${name}`,
        collection,
        person,
        allowed: harmless,
        attempt: (db) => getDocsFromServer(toQuery(db, collection, [where(meOf(role, home))])),
      };
    }),
);

const widenedLists = WIDENED.flatMap(({ what, roles, collection, group, anyOf }) =>
  homes(roles).map(([role, home]): Expectation => {
    const person = cgsPerson(role, home);
    return {
      title: `${person.key} is refused ${collection}: ${what}`,
      collection,
      person,
      allowed: false,
      attempt: (db) =>
        getDocsFromServer(
          toQuery(db, collection, anyOf(meOf(role, home), foreignTo(home)), group ?? false),
        ),
    };
  }),
);

const refusedLists = REFUSED.flatMap((person) =>
  listeners
    .filter(({ collection }) => !needsNoRole(person, collection))
    .map(
      ({ name, collection, where }): Expectation => ({
        title: `${person.key} is refused ${name}`,
        collection,
        person,
        allowed: false,
        attempt: (db) =>
          getDocsFromServer(
            toQuery(db, collection, [where({ uid: person.uid ?? 'nobody', region: 'West' })]),
          ),
      }),
    ),
);

/** Every query: the listeners of the apps allowed, each wider one refused. */
export const LISTS: readonly Expectation[] = [
  ...listenerLists,
  ...foreignListeners,
  ...widenedLists,
  ...refusedLists,
];
