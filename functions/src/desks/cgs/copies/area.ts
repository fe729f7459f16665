import type { SourceVersions } from '../../../kernel/store/fan-out.ts';
import type { User } from '../users/people.ts';
import type { AreaRef, Ticket } from '../domain/schemas.ts';

/** What others copy of an area. */
export const areaOf = ({ id, name, region, initial }: AreaRef): AreaRef => ({
  id,
  name,
  region,
  initial,
});

/** A person's `areas`, and `area`, which is the name of the first. */
export const areasOfUser = (user: User, { now }: SourceVersions<AreaRef>): Pick<User, 'access'> => {
  const { cgs } = user.access;
  const areas = cgs.areas.map((area) => (area.id === now.id ? now : area));
  return { access: { ...user.access, cgs: { ...cgs, areas, area: areas[0]?.name ?? cgs.area } } };
};

/** The city of a ticket, given or its client's; a closed ticket stays as it is. */
export const cityOfTicket = (ticket: Ticket, { now }: SourceVersions<AreaRef>): Partial<Ticket> =>
  ticket.isActive && ticket.client.city?.id === now.id
    ? { client: { ...ticket.client, city: now } }
    : {};
