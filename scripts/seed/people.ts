import type { Auth } from 'firebase-admin/auth';
import { type Person, people } from '../../functions/src/kernel/auth/person.ts';
import type { Write } from '../../functions/src/kernel/store/document.ts';
import { Problem } from '../setup/problem.mjs';
import type { DemoPerson } from './desk-seed.ts';
import { idOf } from './ids.ts';

export const PASSWORD = 'crewline-demo';

const DAY = 24 * 60 * 60_000;

export const uidOf = (email: string): string => idOf(`person ${email}`);

/** One entry for each address, with the access that all desks give it. */
export const mergePeople = (found: readonly DemoPerson[]): DemoPerson[] =>
  [...Map.groupBy(found, ({ email }) => email).values()].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    const access = Object.assign({}, first.access, ...more.map((each) => each.access));
    return [{ ...first, access }];
  });

/** `users/{uid}` of a demo person. */
export const personOf = ({ shown: _, ...person }: DemoPerson, now: Date): Person => {
  const hired = new Date(now.getTime() - 200 * DAY);
  return {
    ...person,
    id: uidOf(person.email),
    profilePhoto: null,
    active: true,
    validAfter: hired,
    lastLoginAt: null,
    createdAt: hired,
    updatedAt: hired,
  };
};

export const personWrites = (found: readonly DemoPerson[], now: Date): Write[] =>
  found.map((each) => {
    const person = personOf(each, now);
    return people.create(person.id, person);
  });

/**
 * Creates the accounts that are missing; those that are there keep their password.
 *
 * @throws Problem when an address belongs to an account of another id
 */
export const createAccounts = async (auth: Auth, found: readonly DemoPerson[]): Promise<void> => {
  const { users } = await auth.getUsers(found.map(({ email }) => ({ email })));
  const known = new Map(users.map(({ email, uid }) => [email, uid]));
  for (const { email } of found) {
    const uid = known.get(email);
    if (uid !== undefined && uid !== uidOf(email)) {
      throw new Problem(
        `${email} has an account already, which the demo data did not make (${uid}).\nStart the emulators anew, or delete that account.`,
      );
    }
  }
  await Promise.all(
    found
      .filter(({ email }) => !known.has(email))
      .map(({ email, name }) =>
        auth.createUser({ uid: uidOf(email), email, displayName: name, password: PASSWORD }),
      ),
  );
};
