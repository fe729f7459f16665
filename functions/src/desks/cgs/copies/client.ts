import { isDeepStrictEqual } from 'node:util';
import type { SourceVersions } from '../../../kernel/store/fan-out.ts';
import { keywordsOf } from '../domain/keywords.ts';
import type { Ticket, TicketClient } from '../domain/schemas.ts';

/** The source's value where the held one was the source's too; else it was given, and stays. */
const following = <T>(held: T, { now, past }: { now: T; past: readonly T[] }): T =>
  past.some((each) => isDeepStrictEqual(each, held)) ? now : held;

type Place = TicketClient['pop'];

/** A request gives a place's name and coordinate apart from each other. */
const followingPlace = (held: Place, { now, past }: { now: Place; past: readonly Place[] }) => {
  const part = (field: 'name' | 'coordinate') =>
    following(held?.[field] ?? '', {
      now: now?.[field] ?? '',
      past: past.map((each) => each?.[field] ?? ''),
    });
  const place = { name: part('name'), coordinate: part('coordinate') };
  return place.name || place.coordinate ? place : null;
};

/** What a ticket keeps of a client that has changed: all but what was given for this ticket. */
export const followingClient = (
  held: TicketClient,
  { now, past }: SourceVersions<TicketClient>,
): TicketClient => {
  const versionsOf = <F extends keyof TicketClient>(field: F) => ({
    now: now[field],
    past: past.map((each) => each[field]),
  });
  const isSameCity = past.some(({ city }) => city?.id === held.city?.id);
  return {
    ...now,
    name: following(held.name, versionsOf('name')),
    address: following(held.address, versionsOf('address')),
    coordinate: following(held.coordinate, versionsOf('coordinate')),
    customerType: following(held.customerType, versionsOf('customerType')),
    city: isSameCity ? now.city : held.city,
    pop: followingPlace(held.pop, versionsOf('pop')),
    ms: followingPlace(held.ms, versionsOf('ms')),
    splitter: followingPlace(held.splitter, versionsOf('splitter')),
  };
};

/** What a ticket is found by. */
export const keywordsOfTicket = ({ ticketId, client }: Ticket): string[] =>
  keywordsOf(ticketId, client.cid, client.name);

/** A ticket's fields after its client has changed; a closed ticket stays as it is. */
export const withClient = (
  ticket: Ticket,
  versions: SourceVersions<TicketClient>,
): Partial<Ticket> => {
  if (!ticket.isActive || ticket.client.id !== versions.now.id) return {};
  const client = followingClient(ticket.client, versions);
  return {
    client,
    area: client.city?.id ?? null,
    keywords: keywordsOfTicket({ ...ticket, client }),
  };
};
