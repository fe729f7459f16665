/** Expectations from hand-written tables, for desks with few kinds of people. */
import type { Seat } from './desk.ts';
import type { Document } from './document.ts';
import { ask, type Expectation, get } from './expectation.ts';
import {
  type Filter,
  isOwn,
  type Listeners,
  type Me,
  NOTHING,
  namedListeners,
} from '../../src/kernel/store/listener.ts';
import { mayReadThemselves, NOBODY, type Person } from './people.ts';
import { questionOf } from './query.ts';
import { writesOf } from './writes.ts';

/** A document, and for each of the staff, in order, whether they may read it: `y` or `n`. */
export type Cells = readonly [path: string, data: Document['data'], letters: string];

export const documentsOf = (rows: readonly Cells[]): readonly Document[] =>
  rows.map(([path, data]) => ({ path, data }));

const answersOf = (letters: string): string => letters.replaceAll(' ', '');

export const getsOf = (staff: readonly Seat[], rows: readonly Cells[]): readonly Expectation[] =>
  rows.flatMap(([path, , letters]) => {
    const answers = answersOf(letters);
    if (answers.length !== staff.length) throw new Error(`${path} lacks a letter for somebody`);
    return staff.map(({ person }, index) => get(person, path, answers[index] === 'y'));
  });

/**
 * Every listener, opened by each of the staff with their own values: allowed only for its roles.
 *
 * @param harmless by role, further listeners that are allowed because they show only what the role
 *   may see
 */
export const listenersBy = (
  staff: readonly Seat[],
  listeners: Listeners,
  harmless: Readonly<Record<string, readonly string[]>> = {},
): readonly Expectation[] =>
  namedListeners(listeners).flatMap(({ name, ...listener }) =>
    staff.map(({ person, role, me }) => {
      const allowed = listener.roles.includes(role) || (harmless[role] ?? []).includes(name);
      return ask(person, { what: name, ...questionOf(listener, me) }, allowed);
    }),
  );

/** A query for more than its roles may see: it is refused as a whole, not narrowed. */
export type Wider = readonly [
  what: string,
  roles: readonly string[],
  collection: string,
  where: (me: Me) => readonly Filter[],
];

export const widerBy = (staff: readonly Seat[], rows: readonly Wider[]): readonly Expectation[] =>
  rows.flatMap(([what, roles, collection, where]) =>
    staff
      .filter(({ role }) => roles.includes(role))
      .map(({ person, me }) => ask(person, { what, collection, anyOf: [where(me)] }, false)),
  );

/** Collection group queries: refused to everyone, with any filters. */
export const groupsBy = (
  staff: readonly Seat[],
  collections: readonly string[],
): readonly Expectation[] =>
  staff.flatMap(({ person }) =>
    collections.map((collection) =>
      ask(person, { what: 'the collection group', collection, anyOf: [[]], group: true }, false),
    ),
  );

/**
 * Every readable document and every listener, all refused to these people; but for those to one's own
 * inbox, which are in `inboxes.ts`.
 */
export const refusedTo = (
  people: readonly Person[],
  readable: readonly string[],
  listeners: Listeners,
  me: Me = NOTHING,
): readonly Expectation[] =>
  people.flatMap((person) => [
    ...readable.map((path) => get(person, path, false)),
    ...namedListeners(listeners)
      .filter((listener) => !isOwn(listener))
      .map(({ name, ...listener }) => {
        const question = questionOf(listener, { ...me, uid: person.uid ?? me.uid });
        return ask(person, { what: name, ...question }, false);
      }),
  ]);

/** A query that finds only a person's own document. */
const itself = ({ key }: Person): Filter => ['__name__', '==', key];

/** Their own grants: allowed for people who are admitted, whatever their desks; and no others. */
export const ownGrants = (
  staff: readonly Seat[],
  refused: readonly Person[],
): readonly Expectation[] => [
  ...staff.flatMap(({ person }) => [
    get(person, `grants/${person.key}`, true, 'their own grant'),
    get(person, `archive/one/grants/${person.key}`, false),
    get(person, `archive/one/users/${person.key}`, false),
    get(person, `grants/${person.key}/private/one`, false),
    get(person, `users/${person.key}/private/one`, false),
    ask(
      person,
      { what: 'themselves, by a query', collection: 'grants', anyOf: [[itself(person)]] },
      false,
    ),
  ]),
  ...staff.flatMap(({ person }) =>
    staff
      .filter((other) => other.person.key !== person.key)
      .flatMap((other) => [
        get(person, `grants/${other.person.key}`, false),
        get(person, `users/${other.person.key}`, false),
      ]),
  ),
  ...refused
    .filter(({ grant }) => grant !== null)
    .map((person) =>
      get(person, `grants/${person.key}`, mayReadThemselves(person), 'their own grant'),
    ),
];

/**
 * Writes, all refused: by everyone to each document that they may read (a rule that allowed a write
 * would allow it there); by the last of the staff and by nobody, in every way, to one document of each
 * collection; and by the last of the staff to documents that nobody reads.
 */
export const writesBy = (
  staff: readonly Seat[],
  rows: readonly Cells[],
  readable: readonly string[],
  unreadable: readonly string[],
): readonly Expectation[] => [
  ...staff.flatMap(({ person }, index) => {
    const theirs = rows.filter(([, , letters]) => answersOf(letters)[index] === 'y');
    return writesOf(person, [`grants/${person.key}`, ...theirs.map(([path]) => path)], ['update']);
  }),
  ...[...staff.slice(-1).map(({ person }) => person), NOBODY].flatMap((person) =>
    writesOf(person, [`grants/${person.key}`, ...readable]),
  ),
  ...staff.slice(-1).flatMap(({ person }) => writesOf(person, unreadable)),
];
