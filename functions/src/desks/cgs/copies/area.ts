import type { SourceVersions } from '../../../kernel/store/fan-out.ts';
import type { User } from '../users/people.ts';
import type { AreaRef, Ticket } from '../domain/schemas.ts';

/** The part of an area that is copied. */
export const areaOf = ({ id, name, region, initial }: AreaRef): AreaRef => ({
  id,
  name,
  region,
  initial,
});

/** A person's access with the area updated in `areas`, and `area` as the name of the first. */
export const areasOfUser = (user: User, { now }: SourceVersions<AreaRef>): Pick<User, 'access'> => {
  const { cgs } = user.access;
  const areas = cgs.areas.map((area) => (area.id === now.id ? now : area));
  return { access: { ...user.access, cgs: { ...cgs, areas, area: areas[0]?.name ?? cgs.area } } };
};

/** The client of a ticket with its city updated; a closed ticket does not change. */
export const cityOfTicket = (ticket: Ticket, { now }: SourceVersions<AreaRef>): Partial<Ticket> =>
  ticket.isActive && ticket.client.city?.id === now.id
    ? { client: { ...ticket.client, city: now } }
    : {};
