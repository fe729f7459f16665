import type { Profile } from '../../../kernel/auth/person.ts';
import type { SourceVersions } from '../../../kernel/store/fan-out.ts';
import { accessSchema } from '../users/people.ts';
import type { Person, Ticket } from '../domain/schemas.ts';

/** The part of a person that tickets copy, active or not; undefined without access to this desk. */
export const personOf = (profile: Profile): Person | undefined => {
  const access = accessSchema.safeParse(profile.access['cgs']).data;
  if (access === undefined) return undefined;
  const { id, nik, phoneNumber, email, name, profilePhoto } = profile;
  const { role, region, areas } = access;
  return { id, nik, phoneNumber, email, name, profilePhoto, role, region, areas };
};

/** A ticket's `foc` and `noc` after a person has changed; a closed ticket does not change. */
export const withPerson = (ticket: Ticket, { now }: SourceVersions<Person>): Partial<Ticket> =>
  ticket.isActive
    ? {
        foc: ticket.foc?.id === now.id ? now : ticket.foc,
        noc: ticket.noc.id === now.id ? now : ticket.noc,
      }
    : {};
