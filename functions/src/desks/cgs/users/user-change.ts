import { people, type Profile } from '../../../kernel/auth/person.ts';
import { type Session, sessions } from '../../../kernel/auth/session.ts';
import { invalid, type Problem } from '../../../kernel/problem.ts';
import type { Loaded, Reads, Write } from '../../../kernel/store/document.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { userSchema } from './people.ts';
import { areaIn } from '../master/find-area.ts';
import type { AreaRef } from '../domain/schemas.ts';
import type { Region } from '../domain/vocabulary.ts';

/** Finds the area that a request names by its id or name; 400 if the region has no such area. */
export const findArea = async (
  store: Store,
  region: Region,
  idOrName: string,
): Promise<AreaRef | Problem> => {
  return (await areaIn(store, region, idOrName)) ?? noSuchArea(region);
};

const noSuchArea = (region: Region): Problem =>
  invalid([{ path: 'area', message: `There is no such area in the region ${region}.` }]);

/**
 * The writes for the sessions of a changed person: each gets the new person, or is deleted if there
 * is none. Read the sessions after the person: a sign-in in between changes the person, and so the
 * change is decided again.
 */
export const sessionWrites = (
  opened: readonly Loaded<Session>[],
  person: Profile | undefined,
): Write[] =>
  opened.map((session) =>
    person === undefined ? sessions.remove(session) : sessions.update(session, { person }),
  );

/** A person with access to this desk, active or not; undefined for any other. */
export const userIn = (reads: Reads, id: string) => {
  const seen = reads.get(people.doc(id));
  const user = userSchema.safeParse(seen?.data).data;
  return seen === undefined || user === undefined ? undefined : { seen, user };
};
