import type { Person as Account } from '../../../kernel/auth/person.ts';
import type { SourceVersions } from '../../../kernel/store/fan-out.ts';
import { accessSchema } from '../users/people.ts';
import type { Person, Ticket } from '../domain/schemas.ts';

/** What tickets copy of a person, active or not; undefined for one of other desks alone. */
export const personOf = (account: Account): Person | undefined => {
  const access = accessSchema.safeParse(account.access['cgs']).data;
  if (access === undefined) return undefined;
  const { id, nik, phoneNumber, email, name, profilePhoto } = account;
  const { role, region, areas } = access;
  return { id, nik, phoneNumber, email, name, profilePhoto, role, region, areas };
};

/** A ticket's `foc` and `noc` after a person has changed; a closed ticket stays as it is. */
export const withPerson = (ticket: Ticket, { now }: SourceVersions<Person>): Partial<Ticket> =>
  ticket.isActive
    ? {
        foc: ticket.foc?.id === now.id ? now : ticket.foc,
        noc: ticket.noc.id === now.id ? now : ticket.noc,
      }
    : {};
