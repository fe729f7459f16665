import type { Desk, Seat } from '../../rules/desk.ts';
import { aroundReadable, rootOf, SECRET } from '../../rules/document.ts';
import { get } from '../../rules/expectation.ts';
import { type Me, NOTHING } from '../../../src/kernel/store/listener.ts';
import type { Role } from '../../../src/desks/isp/domain/vocabulary.ts';
import { LISTENERS } from '../../../src/desks/isp/listeners.ts';
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

const grantedTo = (userId: number, ispId: number | null, branchIds: readonly number[]) => ({
  userId,
  ispId,
  branchIds,
  active: true,
});

const STAFF_ROLE = ['staff', 'admin'] as const;

const seat = (
  userId: number,
  ispId: number,
  branchIds: readonly number[],
  role: Role = 'staff',
): Seat => {
  const uid = `staff.${userId}`;
  return {
    person: personOf(uid, { isp: { role, ...grantedTo(userId, ispId, branchIds) } }),
    role,
    me: { ...NOTHING, uid, ispId, branchId: branchIds[0] ?? 0, ticketId: 1 },
  };
};

// Two branches of ISP 1, its third one, and ISP 2, which has a branch 11 as well. An administrator
// listens to no more than others.
const STAFF = [seat(1, 1, [11, 12]), seat(2, 1, [13], 'admin'), seat(3, 2, [11, 21])] as const;

const granted = grantedTo(1, 1, [11, 12]);

const REFUSED: readonly Person[] = [
  NOBODY,
  ...refusedVariants('staff', 'isp', granted),
  personOf('without-branches', { isp: grantedTo(4, 1, []) }),
  personOf('without-isp', { isp: grantedTo(5, null, [11, 12]) }),
];
const withDesk = ({ key }: Person) => key === 'without-branches' || key === 'without-isp';

const JUST_ADMITTED = [manySessions('staff', { isp: granted })];
const BOASTER = boaster('staff', { isp: grantedTo(6, 2, [21]) }, { isp: granted });

// ---- documents -------------------------------------------------------------------------------

const COLLECTIONS = ['ispTickets', 'ispReplies', 'ispSubscribers'] as const;

const record = (ispId: number, branchId: number) => ({ ispId, branchId, ticketId: 1, status: 0 });

/** One letter for each of STAFF. */
const CELLS: readonly Cells[] = COLLECTIONS.flatMap((collection): readonly Cells[] => [
  [`${collection}/1`, record(1, 11), 'ynn'],
  [`${collection}/2`, record(1, 12), 'ynn'],
  [`${collection}/3`, record(1, 13), 'nyn'],
  [`${collection}/4`, record(2, 21), 'nny'],
  [`${collection}/5`, record(2, 11), 'nny'],
]);

const readable = COLLECTIONS.map((collection) => `${collection}/1`);
const hidden = ['ispThreads/1', ...aroundReadable(COLLECTIONS)];
const unreadable = [...SECRET, ...hidden];

// ---- queries ---------------------------------------------------------------------------------

const otherIsp = ({ ispId }: Me) => (ispId === 1 ? 2 : 1);
/** Another branch of the same ISP, if it has one. */
const otherBranch = ({ branchId }: Me) => (branchId === 13 ? 12 : 13);

const WIDER: readonly Wider[] = [
  ...COLLECTIONS.flatMap((collection): readonly Wider[] => [
    ['no filter', STAFF_ROLE, collection, () => []],
    ['of a ticket, of anywhere', STAFF_ROLE, collection, () => [['ticketId', '==', 1]]],
    ['open, of anywhere', STAFF_ROLE, collection, () => [['status', '==', 0]]],
    ['own ISP, every branch', STAFF_ROLE, collection, (me) => [['ispId', '==', me.ispId]]],
    ['own branch, of any ISP', STAFF_ROLE, collection, (me) => [['branchId', '==', me.branchId]]],
    [
      'own branch number, of another ISP',
      STAFF_ROLE,
      collection,
      (me) => [
        ['ispId', '==', otherIsp(me)],
        ['branchId', '==', me.branchId],
      ],
    ],
    [
      'own ISP, another branch',
      STAFF_ROLE,
      collection,
      (me) => [
        ['ispId', '==', me.ispId],
        ['branchId', '==', otherBranch(me)],
      ],
    ],
    [
      'own ISP, own and another branch',
      STAFF_ROLE,
      collection,
      (me) => [
        ['ispId', '==', me.ispId],
        ['branchId', 'in', [me.branchId, otherBranch(me)]],
      ],
    ],
    [
      'own and another ISP, own branch number',
      STAFF_ROLE,
      collection,
      (me) => [
        ['ispId', 'in', [me.ispId, otherIsp(me)]],
        ['branchId', '==', me.branchId],
      ],
    ],
    [
      'own ISP, every branch but another',
      STAFF_ROLE,
      collection,
      (me) => [
        ['ispId', '==', me.ispId],
        ['branchId', '!=', otherBranch(me)],
      ],
    ],
  ]),
  ['no filter', STAFF_ROLE, 'ispThreads', () => []],
  ['of a ticket', STAFF_ROLE, 'ispThreads', () => [['ticketId', '==', 1]]],
  ['no filter', STAFF_ROLE, 'users', () => []],
  ['themselves, by a query', STAFF_ROLE, 'users', (me) => [['__name__', '==', me.uid]]],
  ['of own ISP', STAFF_ROLE, 'users', (me) => [['access.isp.ispId', '==', me.ispId]]],
  ...SECRET.map((path): Wider => ['no filter', STAFF_ROLE, rootOf(path), () => []]),
];

export const isp: Desk = {
  name: 'isp',
  staff: STAFF,
  people: [...STAFF.map(({ person }) => person), ...REFUSED, ...JUST_ADMITTED, BOASTER],
  documents: [...documentsOf(CELLS), ...hidden.map((path) => ({ path, data: record(1, 11) }))],
  readable,
  listeners: LISTENERS,
  gets: [
    ...getsOf(STAFF, CELLS),
    ...STAFF.flatMap(({ person }) => unreadable.map((path) => get(person, path, false))),
    ...ownGrants(
      STAFF,
      REFUSED.filter((person) => !withDesk(person)),
    ),
    ...JUST_ADMITTED.flatMap((person) => readable.map((path) => get(person, path, true))),
    ...CELLS.map(([path]) => get(BOASTER, path, path.endsWith('/4'))),
  ],
  lists: [
    ...listenersBy(STAFF, LISTENERS),
    ...widerBy(STAFF, WIDER),
    ...groupsBy(STAFF, [...COLLECTIONS, 'ispThreads']),
    ...refusedTo(REFUSED, readable, LISTENERS, STAFF[0].me),
  ],
  writes: writesBy(STAFF, CELLS, readable, unreadable),
};
