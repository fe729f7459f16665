import type { Desk, Seat } from '../../rules/desk.ts';
import { aroundReadable, plainDocuments, rootOf, SECRET } from '../../rules/document.ts';
import { get } from '../../rules/expectation.ts';
import { type Me, NOTHING } from '../../../src/kernel/store/listener.ts';
import { LISTENERS } from '../../../src/desks/urban/listeners.ts';
import {
  boaster,
  NOBODY,
  type Person,
  personOf,
  refusedVariants,
  manySessions,
} from '../../rules/people.ts';
import {
  type Cells,
  documentsOf,
  getsOf,
  groupsBy,
  listenersBy,
  ownGrants,
  refusedTo,
  type Wider,
  widerBy,
  writesBy,
} from '../../rules/tables.ts';

// ---- people ----------------------------------------------------------------------------------

const grantedTo = (...permissions: readonly string[]) => ({ permissions, active: true });

const seat = (
  uid: string,
  role: 'Citizen' | 'Reader',
  ...permissions: readonly string[]
): Seat => ({
  person: personOf(uid, { urban: grantedTo(...permissions) }),
  role,
  me: { ...NOTHING, uid },
});

// A technician is a person with an assigned ticket; the right to write or delete allows no read.
const STAFF = [
  seat('citizen', 'Citizen'),
  seat('citizen2', 'Citizen'),
  seat('technician', 'Citizen'),
  seat('writer', 'Citizen', 'ticket:write', 'ticket:delete'),
  seat('reader', 'Reader', 'ticket:read'),
] as const;

const granted = grantedTo('ticket:read', 'ticket:write', 'ticket:delete');

/** With access, but without a permission that the desk knows, or a list of them. */
const UNPERMITTED: readonly Person[] = [
  personOf('allowed-something-else', { urban: grantedTo('ticket:reads', 'read') }),
  personOf('without-permissions', { urban: { active: true } }),
  personOf('with-text-for-a-list', { urban: { permissions: 'ticket:read', active: true } }),
];

const REFUSED: readonly Person[] = [NOBODY, ...refusedVariants('Reader', 'urban', granted)];

const JUST_ADMITTED = [manySessions('Reader', { urban: granted })];
const BOASTER = boaster('Citizen', { urban: grantedTo() }, { urban: granted });

// ---- documents -------------------------------------------------------------------------------

const ticket = (userId: string, assignedTo: string | null, status: string) => ({
  userId,
  assignedTo,
  status,
  category: 'WATER',
});

/** One letter for each of STAFF. */
const CELLS: readonly Cells[] = [
  ['urbanTickets/1', ticket('citizen', null, 'PENDING'), 'ynnny'],
  ['urbanTickets/2', ticket('citizen', 'technician', 'IN_PROGRESS'), 'ynyny'],
  ['urbanTickets/3', ticket('citizen2', 'technician', 'COMPLETED'), 'nyyny'],
  ['urbanTickets/4', ticket('citizen2', 'citizen', 'IN_PROGRESS'), 'yynny'],
  ['urbanTickets/5', ticket('writer', null, 'CANCELLED'), 'nnnyy'],
  // A person without a permission, or with an unknown one, may still read their own.
  ...UNPERMITTED.map(
    ({ key }): Cells => [`urbanTickets/of-${key}`, ticket(key, null, 'PENDING'), 'nnnny'],
  ),
];

const readable = ['urbanTickets/1'];
const hidden = aroundReadable(['urbanTickets']);
const unreadable = [...SECRET, ...hidden];

// ---- queries ---------------------------------------------------------------------------------

const everyone = ['Citizen', 'Reader'] as const;

const other = ({ uid }: Me) => (uid === 'citizen' ? 'citizen2' : 'citizen');

const tickets = (what: string, where: Wider[3]): Wider => [
  what,
  ['Citizen'],
  'urbanTickets',
  where,
];

const WIDER: readonly Wider[] = [
  tickets('no filter', () => []),
  tickets('pending, of anyone', () => [['status', '==', 'PENDING']]),
  tickets('assigned to nobody', () => [['assignedTo', '==', null]]),
  tickets('of a category', () => [['category', '==', 'WATER']]),
  tickets("another's", (me) => [['userId', '==', other(me)]]),
  tickets("own and another's", (me) => [['userId', 'in', [me.uid, other(me)]]]),
  tickets("everyone's but another's", (me) => [['userId', '!=', other(me)]]),
  tickets('assigned to another', (me) => [['assignedTo', '==', other(me)]]),
  tickets('assigned to them or another', (me) => [['assignedTo', 'in', [me.uid, other(me)]]]),
  tickets('assigned to anyone but another', (me) => [['assignedTo', '!=', other(me)]]),
  ['no filter', everyone, 'users', () => []],
  ['themselves, by a query', everyone, 'users', (me) => [['__name__', '==', me.uid]]],
  ['people of the desk', everyone, 'users', () => [['access.urban.active', '==', true]]],
  ...SECRET.map((path): Wider => ['no filter', everyone, rootOf(path), () => []]),
];

export const urban: Desk = {
  name: 'urban',
  staff: STAFF,
  people: [
    ...STAFF.map(({ person }) => person),
    ...REFUSED,
    ...UNPERMITTED,
    ...JUST_ADMITTED,
    BOASTER,
  ],
  documents: [...documentsOf(CELLS), ...plainDocuments(hidden)],
  readable,
  listeners: LISTENERS,
  gets: [
    ...getsOf(STAFF, CELLS),
    ...STAFF.flatMap(({ person }) => unreadable.map((path) => get(person, path, false))),
    ...ownGrants(STAFF, REFUSED),
    ...JUST_ADMITTED.flatMap((person) => readable.map((path) => get(person, path, true))),
    ...UNPERMITTED.map((person) => get(person, `urbanTickets/of-${person.key}`, true)),
    ...CELLS.map(([path]) => get(BOASTER, path, false)),
  ],
  lists: [
    ...listenersBy(STAFF, LISTENERS),
    ...widerBy(STAFF, WIDER),
    ...groupsBy(STAFF, ['urbanTickets']),
    ...refusedTo(REFUSED, readable, LISTENERS),
    ...refusedTo([...UNPERMITTED, BOASTER], readable, { openTickets: LISTENERS.openTickets }),
  ],
  writes: writesBy(STAFF, CELLS, readable, unreadable),
};
