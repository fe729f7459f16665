import { KITS } from '../desks/kits.ts';
import type { Desk } from './desk.ts';
import type { Document } from './document.ts';
import type { Expectation } from './expectation.ts';
import { withInbox } from './inboxes.ts';
import type { Person } from './people.ts';
import { refusedTo } from './tables.ts';

const ALL: readonly Desk[] = Object.values(KITS).map(({ rules }) => rules);

/** Active people of other desks, with the ids of this desk's people: they may read nothing here. */
const refusedToOthers = ({ name, staff, readable, listeners }: Desk): readonly Expectation[] => {
  const outsiders = ALL.filter((desk) => desk.name !== name).flatMap((desk) => desk.staff);
  const people = [...new Map(outsiders.map(({ role, person }) => [role, person])).values()];
  return refusedTo(people, readable, listeners, staff[0]?.me);
};

const withOthers = (desk: Desk): Desk => ({
  ...desk,
  lists: [...desk.lists, ...refusedToOthers(desk)],
});

export const DESKS: readonly Desk[] = ALL.map(withInbox).map(withOthers);

/** All documents but those of people, which belong to the tests' persons. */
export const DOCUMENTS: readonly Document[] = DESKS.flatMap(({ documents }) => documents);

export const EVERYBODY: readonly Person[] = ALL.flatMap(({ people }) => people);
