import { v5 } from 'uuid';
import type { Accounts } from '../../functions/src/kernel/auth/accounts.ts';
import { createPerson, grants, newPerson } from '../../functions/src/kernel/auth/grant.ts';
import { LISTING } from '../../functions/src/desks/cgs/users/people.ts';
import { stamp } from '../../functions/src/kernel/store/stamp.ts';
import type { Store } from '../../functions/src/kernel/store/store.ts';
import { Problem } from '../setup/problem.mjs';

/** A person of the demo data. A person of several desks is listed by each of them. */
export interface DemoPerson {
  readonly email: string;
  readonly name: string;
  readonly nik: string;
  readonly phoneNumber: string;
  /** What `npm start` prints next to the address: the person's role at the desk. */
  readonly shown: { readonly role: string; readonly region?: string };
  /** `users/{uid}.access`, this desk's part. */
  readonly access: Readonly<Record<string, unknown>>;
}

export const PASSWORD = 'crewline-demo';

/** The namespace of the demo data's ids. Another one would change all of them. */
const NAMESPACE = '6f1d0c5e-8a4b-4e39-b7d2-c90a51e3f874';

/** The UUID that a name always gets, so that a second run finds what the first made. */
export const idOf = (name: string): string => v5(name, NAMESPACE);

export const emailOf = (name: string): string => `${name}@crewline.test`;

/** The uid of a person, by the first part of their address. */
export const uidOf = (name: string): string => idOf(`person ${emailOf(name)}`);

/** One entry for each address, with the access that all desks give it. */
export const mergePeople = (found: readonly DemoPerson[]): DemoPerson[] =>
  [...Map.groupBy(found, ({ email }) => email).values()].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    const access = Object.assign({}, first.access, ...more.map((each) => each.access));
    return [{ ...first, access }];
  });

const HIRED_MS = 200 * 24 * 60 * 60_000;

/** The session in which a person plays the stories; it ends when these are told. */
export const STORIES = 'stories';
const STORIES_MS = 60_000;

/** Creates the missing people; the others stay as they are. */
export const addPeople = async (
  store: Store,
  found: readonly DemoPerson[],
  now: Date,
): Promise<void> => {
  const hired = new Date(now.getTime() - HIRED_MS);
  const sessions = { [STORIES]: new Date(now.getTime() + STORIES_MS) };
  const all = found.map(({ shown: _, ...person }) => {
    const id = idOf(`person ${person.email}`);
    const profile = { ...person, id, profilePhoto: null, active: true };
    return { ...newPerson(profile, hired), sessions };
  });
  const reads = await store.load(all.map(({ id }) => grants.doc(id)));
  const missing = all.filter(({ id }) => reads.get(grants.doc(id)) === undefined);
  if (missing.length === 0) return;
  const writes = missing.flatMap((person) => createPerson(person, LISTING));
  await store.commit(stamp('demo-data', writes));
};

/**
 * Creates the missing accounts; existing ones keep their password.
 *
 * @throws Problem when an address belongs to an account of another id
 */
export const addAccounts = async (
  accounts: Accounts,
  found: readonly DemoPerson[],
): Promise<void> => {
  const known = await Promise.all(
    found.map(async (each) => ({ ...each, uid: await accounts.find(each.email) })),
  );
  for (const { email, uid } of known) {
    if (uid === undefined || uid === idOf(`person ${email}`)) continue;
    throw new Problem(
      `${email} already has an account that the demo data did not create (${uid}).\nRestart the emulators, or delete that account.`,
    );
  }
  await Promise.all(
    known
      .filter(({ uid }) => uid === undefined)
      .map(({ email, name }) =>
        accounts.create(idOf(`person ${email}`), { email, displayName: name, password: PASSWORD }),
      ),
  );
};
