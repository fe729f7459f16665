import type { SourceVersions } from '../../../kernel/store/fan-out.ts';
import type { UserGrant } from '../users/people.ts';
import type { AreaRef, Client, Ticket } from '../domain/schemas.ts';

/** The part of an area that is copied. */
export const areaOf = ({ id, name, region, initial }: AreaRef): AreaRef => ({
  id,
  name,
  region,
  initial,
});

/**
 * A person's access with the area updated in `areas`, and `area` as the name of the first. An area
 * changes its region only while nobody has it; a person who was registered in it at that moment
 * stays in their region and loses the area.
 */
export const areasOfUser = (
  user: Pick<UserGrant, 'access'>,
  { now }: SourceVersions<AreaRef>,
): Pick<UserGrant, 'access'> => {
  const { cgs } = user.access;
  const isLost = now.region !== cgs.region;
  const others = cgs.areas.filter(({ id }) => id !== now.id);
  if (isLost && others.length < cgs.areas.length) {
    const { id: areaId = null, name: area = null } = others[0] ?? {};
    return { access: { ...user.access, cgs: { ...cgs, areas: others, area, areaId } } };
  }
  const areas = cgs.areas.map((area) => (area.id === now.id ? now : area));
  return { access: { ...user.access, cgs: { ...cgs, areas, area: areas[0]?.name ?? cgs.area } } };
};

/** A client with its city updated; a client that was added while its city moved moves with it. */
export const cityOfClient = (client: Client, now: AreaRef): Partial<Client> =>
  client.city.id === now.id ? { city: now, region: now.region } : {};

/** The client of a ticket with its city updated; a closed ticket does not change. */
export const cityOfTicket = (ticket: Ticket, { now }: SourceVersions<AreaRef>): Partial<Ticket> =>
  ticket.isActive && ticket.client.city?.id === now.id
    ? { client: { ...ticket.client, city: now } }
    : {};
