import { z } from 'zod';
import { keywordsOf } from '../keywords.ts';
import { collection } from '../store/collection.ts';
import type { Loaded, Write } from '../store/document.ts';
import { people, type Profile, profileSchema } from './person.ts';

/**
 * `grants/{uid}`: the whole person, by which the backend and the security rules judge. Each desk has
 * its own schema for `access.<desk>`. Passwords are in the account of the same uid in Firebase
 * Authentication.
 */
export const grantSchema = profileSchema.extend({
  /** A password that was checked before this moment opens no session. */
  validAfter: z.date(),
  /** When each open session ends, by its id. */
  sessions: z.record(z.string(), z.date()),
  /** The latest sign-ins, by the id of their session; also those whose session has ended. */
  signIns: z.record(
    z.string(),
    z.object({
      createdAt: z.date(),
      lastSeenAt: z.date(),
      address: z.string(),
      /** The User-Agent header. */
      agent: z.string(),
    }),
  ),
  /** Who registers this person at the moment; until that is done, the person may do nothing. */
  held: z.object({ by: z.string(), until: z.date() }).nullish(),
});

export type Grant = z.output<typeof grantSchema>;

/** What people are listed by: it follows from the rest, is written, and is not read back. */
export const unreadOfGrant = z.object({
  /** The words by which a person is searched. */
  keywords: z.array(z.string()),
  /** Each desk that they have access to: alone, and with their role and region there. */
  memberships: z.array(z.string()),
});

/** The keywords of a person: of name, e-mail and phone number. */
export const keywordsOfPerson = ({
  name,
  email,
  phoneNumber,
}: Pick<Profile, 'name' | 'email' | 'phoneNumber'>): string[] =>
  keywordsOf(name, email, phoneNumber);

/** The entry of `memberships` for a desk, a role and a region, as far as they are named. */
export const membership = (
  desk: string,
  { role = '', region = '' }: { readonly role?: string; readonly region?: string } = {},
): string => [desk, role, region].join('/');

const placed = z.object({
  role: z.string().optional().catch(undefined),
  region: z.string().optional().catch(undefined),
});

/** The memberships of a person; an access that is not active is one as well. */
export const membershipsOf = (access: Grant['access']): string[] =>
  Object.entries(access).flatMap(([desk, granted]) => {
    const { role, region } = placed.safeParse(granted).data ?? {};
    const all = [{}, { role }, { region }, { role, region }].map((each) =>
      membership(desk, Object.fromEntries(Object.entries(each).filter(([, it]) => it))),
    );
    return [...new Set(all)];
  });

export const grants = collection('grants', grantSchema, {
  unread: unreadOfGrant,
  queries: {
    found: { optional: ['active'], arrayContains: 'keywords', orderBy: 'name' },
    ofMembers: { optional: ['active'], arrayContains: 'memberships', orderBy: 'name' },
  },
  unindexed: ['profilePhoto', 'sessions', 'signIns'],
});

/** A new person, who has never signed in. */
export const newPerson = (
  fields: Omit<Profile, 'lastLoginAt' | 'createdAt' | 'updatedAt'>,
  now: Date,
): Grant => ({
  ...fields,
  validAfter: now,
  sessions: {},
  signIns: {},
  lastLoginAt: null,
  createdAt: now,
  updatedAt: now,
});

/** What `users/{uid}` shows of these fields; `listing` names the desks whose access it has. */
const shownOf = (fields: Partial<Grant>, listing: readonly string[]): Partial<Profile> => {
  const { validAfter: _, sessions: __, signIns: ___, held: ____, access, ...shown } = fields;
  if (access === undefined || listing.length === 0) return shown;
  const listed = Object.entries(access).filter(([desk]) => listing.includes(desk));
  return { ...shown, access: Object.fromEntries(listed) };
};

/** Fields to write, with what follows from the whole person. */
const withDerived = <P>(fields: P, person: Grant): P & z.output<typeof unreadOfGrant> => ({
  ...fields,
  keywords: keywordsOfPerson(person),
  memberships: membershipsOf(person.access),
});

/**
 * The writes that create a person.
 *
 * @param listing the desks whose access lists and listeners show
 */
export const createPerson = (person: Grant, listing: readonly string[]): readonly Write[] => [
  grants.create(person.id, withDerived(person, person)),
  people.create(
    person.id,
    profileSchema.parse({ ...person, access: {}, ...shownOf(person, listing) }),
  ),
];

/**
 * Shows a change of a person to lists and listeners.
 *
 * @param listing the desks whose access they show; none if `patch` changes no access of such a desk
 */
export const showPerson = (uid: string, patch: Partial<Grant>, listing: readonly string[]): Write =>
  people.patch(uid, shownOf(patch, listing));

/** The writes that change a person; `listing` as for `showPerson`. */
export const updatePerson = (
  seen: Loaded<Grant>,
  patch: Partial<Grant>,
  listing: readonly string[],
): readonly Write[] => [
  grants.update(seen, withDerived(patch, { ...seen.data, ...patch })),
  showPerson(seen.id, patch, listing),
];

/** The writes that delete a person, and so end their sessions. */
export const removePerson = (seen: Loaded<Grant>): readonly Write[] => [
  grants.remove(seen),
  { op: 'delete', path: people.doc(seen.id).path },
];
