import { BARE } from '../../kernel/http/answer-style.ts';
import { peopleEndpoints } from '../../kernel/people/kit.ts';
import { urban } from './desk.ts';
import { ROLES } from './domain/vocabulary.ts';
import { accessSchema, inhabitants } from './people.ts';
import { ticketsInHand } from './tickets/tickets-in-hand.ts';

const NEEDED = { read: 'user:read', change: 'user:write' } as const;

/** Who has `user:write` runs the people of the city, but nobody with a permission that they lack. */
export const PEOPLE_ENDPOINTS = peopleEndpoints(urban, BARE, {
  desk: 'urban',
  access: accessSchema,
  roles: ROLES,
  admits: ({ permissions }, what) => permissions.includes(NEEDED[what]),
  collection: inhabitants,
  // Whoever has an access: the query needs a field to find them by.
  reach: { 'access.urban.active': () => [true, false] },
  errorsOf: (actor, { permissions }) =>
    permissions.flatMap((permission, index) =>
      actor.permissions.includes(permission)
        ? []
        : [{ path: `permissions.${index}`, message: 'You do not have this permission.' }],
    ),
  filters: {},
  workOf: ticketsInHand,
  samples: {
    as: 'Reader',
    given: 'neighbour',
    free: 'no such person',
    register: {
      email: 'rina.urban@example.com',
      access: { technician: true, permissions: [], active: true },
    },
  },
});
