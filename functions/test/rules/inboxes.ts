/** Expectations about the inboxes of a desk's people, the same for every desk. */
import type { Filter } from '../../src/kernel/store/listener.ts';
import type { Desk } from './desk.ts';
import type { Document } from './document.ts';
import { ask, type Expectation, get } from './expectation.ts';
import { mayReadThemselves, type Person } from './people.ts';
import { writesOf } from './writes.ts';

const ANOTHER = 'another-desk';

const own = (desk: string): string => `of-${desk}`;
const itemsOf = ({ key }: Person): string => `inbox/${key}/items`;

/** What looks like somebody's notices, but is elsewhere. */
const archived = (person: Person): string => `archive/one/${itemsOf(person)}`;

const isOf = (desk: string): Filter => ['desk', '==', desk];
const IS_UNREAD: Filter = ['readAt', '==', null];
const unread = (desk: string): readonly Filter[] => [isOf(desk), IS_UNREAD];

/** Everybody's inbox, with a notice of the desk and one of another. */
const documentsOf = (desk: string, people: readonly Person[]): readonly Document[] =>
  people.flatMap((person) => [
    { path: `inbox/${person.key}`, data: { language: null, devices: {} } },
    ...[desk, ANOTHER].map((each) => ({
      path: `${itemsOf(person)}/${own(each)}`,
      data: { desk: each, readAt: null },
    })),
    { path: `${archived(person)}/${own(desk)}`, data: { desk, readAt: null } },
  ]);

/** What the staff may read: their own, of this desk. */
const staffGets = ({ name, staff }: Desk): readonly Expectation[] =>
  staff.flatMap(({ person }, index) => {
    const other = staff[(index + 1) % staff.length]?.person ?? person;
    return [
      get(person, `inbox/${person.key}`, true, 'their own inbox'),
      get(person, `inbox/${other.key}`, false, "another's inbox"),
      get(person, `${itemsOf(person)}/${own(name)}`, true, 'their own notice'),
      get(person, `${itemsOf(person)}/${own(ANOTHER)}`, false, 'their notice of another desk'),
      get(person, `${itemsOf(other)}/${own(name)}`, false, "another's notice"),
      get(person, `${itemsOf(person)}/${own(name)}/parts/one`, false),
      get(person, `inbox/${person.key}/devices/one`, false),
      get(person, `archive/one/inbox/${person.key}`, false),
      get(person, `${archived(person)}/${own(name)}`, false),
    ];
  });

const staffLists = ({ name, staff }: Desk): readonly Expectation[] =>
  staff.flatMap(({ person }, index) => {
    const other = staff[(index + 1) % staff.length]?.person ?? person;
    const refused = (what: string, collection: string, anyOf: Parameters<typeof ask>[1]['anyOf']) =>
      ask(person, { what, collection, anyOf }, false);
    return [
      ask(
        person,
        { what: 'all of the desk', collection: itemsOf(person), anyOf: [[isOf(name)]] },
        true,
      ),
      refused('without a desk', itemsOf(person), [[]]),
      refused('unread, without a desk', itemsOf(person), [[IS_UNREAD]]),
      refused('of another desk', itemsOf(person), [unread(ANOTHER)]),
      refused('of this and another desk', itemsOf(person), [[['desk', 'in', [name, ANOTHER]]]]),
      refused("another's", itemsOf(other), [unread(name)]),
      refused('of everybody', 'inbox', [[]]),
      refused('their own, by a query', 'inbox', [[['__name__', '==', person.key]]]),
      ask(
        person,
        { what: 'the group', collection: 'items', anyOf: [unread(name)], group: true },
        false,
      ),
    ];
  });

/** Nobody without access to the desk hears of it, not even of their own notices. */
const refusedGets = (desk: string, people: readonly Person[]): readonly Expectation[] =>
  people.flatMap((person) => [
    get(person, `inbox/${person.key}`, mayReadThemselves(person), 'their own inbox'),
    get(person, `${itemsOf(person)}/${own(desk)}`, false, 'their own notice'),
  ]);

const refusedLists = (desk: string, people: readonly Person[]): readonly Expectation[] =>
  people.map((person) =>
    ask(person, { what: 'unread', collection: itemsOf(person), anyOf: [unread(desk)] }, false),
  );

/** Who has a grant, but nothing that admits them to the desk. */
const isRefused =
  (desk: string) =>
  ({ grant }: Person): boolean =>
    grant !== null && Object(Object(Object(grant)['access'])[desk])['active'] !== true;

/** The desk with what holds of the inboxes of its people. */
export const withInbox = (desk: Desk): Desk => {
  const { name, staff, people } = desk;
  const [somebody] = staff;
  const refused = people.filter((person) => isRefused(name)(person) || !mayReadThemselves(person));
  return {
    ...desk,
    documents: [...desk.documents, ...documentsOf(name, people)],
    readable: [...desk.readable, ...(somebody ? [`${itemsOf(somebody.person)}/${own(name)}`] : [])],
    gets: [...desk.gets, ...staffGets(desk), ...refusedGets(name, refused)],
    lists: [...desk.lists, ...staffLists(desk), ...refusedLists(name, refused)],
    writes: [
      ...desk.writes,
      ...staff
        .slice(0, 1)
        .flatMap(({ person }) =>
          writesOf(person, [`inbox/${person.key}`, `${itemsOf(person)}/${own(name)}`]),
        ),
    ],
  };
};
