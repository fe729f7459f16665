import type { Desk } from '../../../rules/desk.ts';
import { aroundReadable, plainDocuments, rootOf, SECRET } from '../../../rules/document.ts';
import { get } from '../../../rules/expectation.ts';
import { namedListeners } from '../../../../src/kernel/store/listener.ts';
import {
  documentsOf,
  getsOf,
  groupsBy,
  listenersBy,
  ownGrants,
  refusedTo,
  widerBy,
  writesBy,
} from '../../../rules/tables.ts';
import { LISTENERS } from '../../../../src/desks/community/listeners.ts';
import { BOASTER, JUST_ADMITTED, REFUSED, ROLELESS, STAFF } from './people.ts';
import { CELLS, FOR_A_ROLE, FOR_EVERYONE, WIDER } from './tables.ts';

const readable = [...FOR_A_ROLE, ...FOR_EVERYONE];
const collections = [...new Set(readable.map(rootOf))];
const around = aroundReadable(collections);
const unreadable = [...SECRET, ...around];

// Notices are for everyone as well, and are in no table of the desk.
const everyones: readonly string[] = [...FOR_EVERYONE.map(rootOf), 'inbox'];
const listenersForARole = Object.fromEntries(
  namedListeners(LISTENERS)
    .filter(({ collection }) => !everyones.includes(rootOf(collection)))
    .map(({ name, ...listener }) => [name, listener]),
);

/** Queries that a role's apps do not use but that are allowed: they show only what it may see. */
const HARMLESS = {
  RESIDENT: ['ticketsOfCommunity'],
  ADMIN_COMPANY: [
    'ticketsOfMyCommunity',
    'myTickets',
    'commentsOnTicket',
    'myCommunity',
    'myResident',
  ],
  SYSTEM_ADMIN: [
    'ticketsOfMyCommunity',
    'myTickets',
    'commentsOnTicket',
    'myCommunity',
    'myResident',
  ],
};

const [someone] = STAFF;

export const community: Desk = {
  name: 'community',
  staff: STAFF,
  people: [
    ...STAFF.map(({ person }) => person),
    ...REFUSED,
    ...ROLELESS,
    ...JUST_ADMITTED,
    BOASTER,
  ],
  documents: [...documentsOf(CELLS), ...plainDocuments(around)],
  readable,
  listeners: LISTENERS,
  gets: [
    ...getsOf(STAFF, CELLS),
    ...STAFF.flatMap(({ person }) => unreadable.map((path) => get(person, path, false))),
    ...ownGrants(STAFF, REFUSED),
    ...JUST_ADMITTED.flatMap((person) => readable.map((path) => get(person, path, true))),
    ...ROLELESS.flatMap((person) => FOR_EVERYONE.map((path) => get(person, path, true))),
    ...CELLS.map(([path, , letters]) => get(BOASTER, path, letters.trim().startsWith('y'))),
  ],
  lists: [
    ...listenersBy(STAFF, LISTENERS, HARMLESS),
    ...widerBy(STAFF, WIDER),
    ...groupsBy(STAFF, collections),
    ...refusedTo(REFUSED, readable, LISTENERS, someone?.me),
    ...refusedTo(ROLELESS, FOR_A_ROLE, listenersForARole, someone?.me),
  ],
  writes: writesBy(STAFF, CELLS, readable, unreadable),
};
