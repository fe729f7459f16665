import {
  MASTER_DATA,
  NEVER_READ,
  STATUSES,
  type Status,
  ticketId,
  UNASSIGNED,
} from './documents.ts';
import { type Expectation, get } from '../../../rules/expectation.ts';
import { mayReadThemselves, type Person } from '../../../rules/people.ts';
import {
  BOASTER,
  cgsPerson,
  HOME_REGIONS,
  REFUSED,
  REGION_NAMES,
  type Region,
  ROLE_NAMES,
  type Role,
  MANY_SESSIONS,
  uidOf,
} from './people.ts';

// ---- tickets: one letter per status, in the order of STATUSES --------------------------------
// y: may read, n: refused, -: there is no such ticket (nobody holds a Draft or an Open one).

type Relation = 'own' | 'foreign';
type Row = readonly [Role, region: Relation, holder: 'other' | 'mine', statuses: string];

const TICKET_TABLE: readonly Row[] = [
  //                                 DOAOCOPCC: Draft Open Accepted OnTheWay CheckedIn
  //                                            OnGoing Pending Closed Canceled
  ['SuperAdmin', 'own', 'other', '    yyyyyyyyy'],
  ['SuperAdmin', 'own', 'mine', '     --yyyyyyy'],
  ['SuperAdmin', 'foreign', 'other', 'yyyyyyyyy'],
  ['SuperAdmin', 'foreign', 'mine', ' --yyyyyyy'],
  ['NOC', 'own', 'other', '           yyyyyyyyy'],
  ['NOC', 'own', 'mine', '            --yyyyyyy'],
  ['NOC', 'foreign', 'other', '       nnnnnnnnn'],
  // A person who was a FOC of another region before.
  ['NOC', 'foreign', 'mine', '        --nnnnnnn'],
  ['FOCSupervisor', 'own', 'other', ' nyyyyyynn'],
  ['FOCSupervisor', 'own', 'mine', '  --yyyyyyy'],
  ['FOCSupervisor', 'foreign', 'other', 'nnnnnnnnn'],
  ['FOCSupervisor', 'foreign', 'mine', '--yyyyyyy'],
  ['FOC', 'own', 'other', '           nynnnnnnn'],
  ['FOC', 'own', 'mine', '            --yyyyyyy'],
  ['FOC', 'foreign', 'other', '       nnnnnnnnn'],
  ['FOC', 'foreign', 'mine', '        --yyyyyyy'],
];

const regionsOf = (
  home: Region,
  relation: Relation,
  holder: 'other' | 'mine',
): readonly Region[] => {
  const places = holder === 'mine' ? HOME_REGIONS : REGION_NAMES;
  return places.filter((region) => (region === home) === (relation === 'own'));
};

const ticketCell = (
  [role, relation, holder]: Row,
  status: Status,
  allowed: boolean,
): readonly Expectation[] =>
  HOME_REGIONS.flatMap((home) =>
    regionsOf(home, relation, holder).map((region) => {
      const person = cgsPerson(role, home);
      const id = ticketId(region, status, holder === 'mine' ? person.key : 'another');
      const whose = UNASSIGNED.includes(status) ? '' : holder === 'mine' ? ', own' : ", another's";
      return get(person, `tickets/${id}`, allowed, `a ticket ${status} in ${region}${whose}`);
    }),
  );

const ticketGets = TICKET_TABLE.flatMap((row) =>
  STATUSES.flatMap((status, index) => {
    const letter = row[3].trim()[index];
    return letter === '-' ? [] : ticketCell(row, status, letter === 'y');
  }),
);

// ---- users: who reads whom -------------------------------------------------------------------
// One letter per role of the person read, in the order SuperAdmin NOC FOCSupervisor FOC.

const USER_TABLE: readonly (readonly [Role, region: Relation, roles: string])[] = [
  ['SuperAdmin', 'own', '    yyyy'],
  ['SuperAdmin', 'foreign', 'yyyy'],
  ['NOC', 'own', '           yyyy'],
  ['NOC', 'foreign', '       nnnn'],
  ['FOCSupervisor', 'own', ' nnyy'], // that supervisor is they themselves
  ['FOCSupervisor', 'foreign', 'nnnn'],
  ['FOC', 'own', '           nnny'], // that FOC is they themselves
  ['FOC', 'foreign', '       nnnn'],
];

const userGets = USER_TABLE.flatMap(([role, relation, letters]) =>
  HOME_REGIONS.flatMap((home) =>
    HOME_REGIONS.filter((region) => (region === home) === (relation === 'own')).flatMap((region) =>
      ROLE_NAMES.map((target, index) =>
        get(
          cgsPerson(role, home),
          `users/${uidOf(target, region)}`,
          letters.trim()[index] === 'y',
          `the person ${uidOf(target, region)}`,
        ),
      ),
    ),
  ),
);

/** Further people: [who, may be read by SuperAdmin, NOC, supervisor, FOC of the West]. */
const FURTHER_USERS = [
  ['inactive.FOC', 'yyyn'],
  ['withdrawn.FOC', 'yyyn'],
  // Another FOC of the region.
  ['boaster.FOC', 'yyyn'],
  ['inactive.SuperAdmin', 'yynn'],
  ['unknown-role', 'nynn'],
  // No access to this desk.
  ['of-another-desk.FOC', 'nnnn'],
] as const;

const furtherUserGets = FURTHER_USERS.flatMap(([uid, letters]) =>
  ROLE_NAMES.map((role, index) =>
    get(cgsPerson(role, 'West'), `users/${uid}`, letters[index] === 'y', `the person ${uid}`),
  ),
);

// ---- clients, counts, master data ------------------------------------------------------------

const seesClient = (role: Role, home: Region, region: Region): boolean =>
  ({ SuperAdmin: true, NOC: home === region, FOCSupervisor: false, FOC: false })[role];

const seesCounts: Readonly<Record<Role, boolean>> = {
  SuperAdmin: true,
  NOC: true,
  FOCSupervisor: false,
  FOC: false,
};

const otherGets = ROLE_NAMES.flatMap((role) =>
  HOME_REGIONS.flatMap((home) => {
    const person = cgsPerson(role, home);
    return [
      ...REGION_NAMES.map((region) =>
        get(person, `clients/${region}`, seesClient(role, home, region)),
      ),
      ...REGION_NAMES.map((region) =>
        // Figures are for people who see clients.
        get(person, `stats/2026-11-${region}`, seesClient(role, home, region)),
      ),
      ...REGION_NAMES.map((region) =>
        // Everybody of its region hears of an incident.
        get(person, `incidents/${region}`, role === 'SuperAdmin' || home === region),
      ),
      get(person, 'ticketcount/2026-11', seesCounts[role]),
      ...MASTER_DATA.map((name) => get(person, `${name}/one`, true)),
      ...NEVER_READ.map((path) => get(person, path, false)),
    ];
  }),
);

// ---- who is not admitted, whatever the role --------------------------------------------------

/** One document of each collection that somebody may read by the rules. */
export const READABLE = [
  `tickets/${ticketId('West', 'Open')}`,
  'clients/West',
  'stats/2026-11-West',
  'incidents/West',
  'ticketcount/2026-11',
  `users/${uidOf('FOC', 'West')}`,
  ...MASTER_DATA.map((name) => `${name}/one`),
];

// Master data and one's own document need no role, so a person without a role of the desk may
// read these and nothing else.
export const needsNoRole = (person: Person, path: string): boolean =>
  person.key === 'unknown-role' && MASTER_DATA.some((name) => path.startsWith(name));

const admissionGets: readonly Expectation[] = [
  ...REFUSED.flatMap((person) => [
    ...READABLE.map((path) => get(person, path, needsNoRole(person, path))),
    ...(person.grant === null || person.key === 'unknown-role'
      ? []
      : [
          get(person, `users/${person.key}`, false, 'what is shown of them'),
          get(person, `grants/${person.key}`, mayReadThemselves(person), 'their own grant'),
        ]),
  ]),
  ...READABLE.map((path) => get(MANY_SESSIONS, path, true)),
  get(BOASTER, `tickets/${ticketId('East', 'Open')}`, false),
  get(BOASTER, 'clients/West', false),
  get(BOASTER, 'incidents/East', false),
  get(BOASTER, `tickets/${ticketId('West', 'Open')}`, true),
];

/** Every read of one document: a hand-written expectation for each person and document. */
export const GETS: readonly Expectation[] = [
  ...ticketGets,
  ...userGets,
  ...furtherUserGets,
  ...otherGets,
  ...admissionGets,
];
