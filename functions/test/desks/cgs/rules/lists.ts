import { ask, type Expectation } from '../../../rules/expectation.ts';
import { questionOf } from '../../../rules/query.ts';
import { isOwn, type Me, NOTHING, namedListeners } from '../../../../src/kernel/store/listener.ts';
import { needsNoRole } from './gets.ts';
import { LISTENERS } from '../../../../src/desks/cgs/listeners.ts';
import {
  cgsPerson,
  HOME_REGIONS,
  REFUSED,
  type Region,
  ROLE_NAMES,
  type Role,
  uidOf,
} from './people.ts';
import { WIDENED } from './widened.ts';

const listeners = namedListeners(LISTENERS);

export const meOf = (role: Role, home: Region): Me => ({
  ...NOTHING,
  uid: uidOf(role, home),
  region: home,
});

// Queries that the NOC's apps do not use but that are allowed: they show only what it may see.
const HARMLESS_FOR_NOC: ReadonlySet<string> = new Set(['openTickets', 'ticketsInProgress']);
const foreignTo = (home: Region): Region => (home === 'West' ? 'East' : 'West');

const homes = (roles: readonly Role[]): readonly (readonly [Role, Region])[] =>
  roles.flatMap((role) => HOME_REGIONS.map((home) => [role, home] as const));

/** Every listener by every role, with that person's own uid and region. */
const listenerLists = listeners.flatMap(({ name, ...listener }) =>
  homes(ROLE_NAMES)
    // A SuperAdmin sees every ticket and every person of the desk, so any query about them passes.
    .filter(([role]) => listener.roles.includes(role) || role !== 'SuperAdmin')
    .map(([role, home]): Expectation => {
      const harmless = role === 'NOC' && HARMLESS_FOR_NOC.has(name);
      const asked = { what: name, ...questionOf(listener, meOf(role, home)) };
      return ask(cgsPerson(role, home), asked, listener.roles.includes(role) || harmless);
    }),
);

const widenedLists = WIDENED.flatMap(({ roles, anyOf, ...asked }) =>
  homes(roles).map(([role, home]) =>
    ask(
      cgsPerson(role, home),
      { ...asked, anyOf: anyOf(meOf(role, home), foreignTo(home)) },
      false,
    ),
  ),
);

const refusedLists = REFUSED.flatMap((person) =>
  listeners
    .filter((each) => !isOwn(each) && !needsNoRole(person, each.collection))
    .map(({ name, ...listener }) => {
      const me = { ...NOTHING, uid: person.uid ?? 'nobody', region: 'West' };
      return ask(person, { what: name, ...questionOf(listener, me) }, false);
    }),
);

/** Every query: the listeners of the apps allowed, each wider one refused. */
export const LISTS: readonly Expectation[] = [...listenerLists, ...widenedLists, ...refusedLists];
