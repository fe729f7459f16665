import type { Desk } from '../../../rules/desk.ts';
import { writesOf } from '../../../rules/writes.ts';
import { DOCUMENTS, NEVER_READ, ticketId } from './documents.ts';
import { GETS, READABLE } from './gets.ts';
import { LISTENERS } from '../../../../src/desks/cgs/listeners.ts';
import { LISTS, meOf } from './lists.ts';
import { cgsPerson, EVERYBODY, HOME_REGIONS, REFUSED, ROLE_NAMES } from './people.ts';

const staff = ROLE_NAMES.flatMap((role) =>
  HOME_REGIONS.map((home) => ({
    person: cgsPerson(role, home),
    role,
    me: meOf(role, home),
  })),
);

const writers = [
  ...staff.filter(({ me }) => me.region === 'West').map(({ person }) => person),
  ...REFUSED.slice(0, 2),
];

export const cgs: Desk = {
  name: 'cgs',
  staff,
  people: EVERYBODY,
  documents: DOCUMENTS,
  readable: READABLE,
  listeners: LISTENERS,
  gets: GETS,
  lists: LISTS,
  writes: writers.flatMap((person) =>
    writesOf(person, [
      // The documents that they most likely may read: their own ticket and their own person.
      `tickets/${ticketId('West', 'Accepted', person.key)}`,
      `tickets/${ticketId('West', 'Open')}`,
      `users/${person.key}`,
      ...READABLE.slice(1),
      ...NEVER_READ,
    ]),
  ),
};
