import { isDeepStrictEqual } from 'node:util';
import type { SourceVersions } from '../../../kernel/store/fan-out.ts';
import { keywordsOf } from '../domain/keywords.ts';
import type { Ticket, TicketClient } from '../domain/schemas.ts';

/**
 * The source's value if the copied one equals a version of the source. Any other value was given by
 * a request, and stays.
 */
const following = <T>(copied: T, { now, past }: { now: T; past: readonly T[] }): T =>
  past.some((each) => isDeepStrictEqual(each, copied)) ? now : copied;

type Place = TicketClient['pop'];

/** A place, part by part: a request may give its name, its coordinate, or both. */
const followingPlace = (copied: Place, { now, past }: { now: Place; past: readonly Place[] }) => {
  const part = (field: 'name' | 'coordinate') =>
    following(copied?.[field] ?? '', {
      now: now?.[field] ?? '',
      past: past.map((each) => each?.[field] ?? ''),
    });
  const place = { name: part('name'), coordinate: part('coordinate') };
  return place.name || place.coordinate ? place : null;
};

/** A ticket's copy of a client that has changed; values that were given for the ticket stay. */
export const followingClient = (
  copied: TicketClient,
  { now, past }: SourceVersions<TicketClient>,
): TicketClient => {
  const versionsOf = <F extends keyof TicketClient>(field: F) => ({
    now: now[field],
    past: past.map((each) => each[field]),
  });
  const isSameCity = past.some(({ city }) => city?.id === copied.city?.id);
  return {
    ...now,
    name: following(copied.name, versionsOf('name')),
    address: following(copied.address, versionsOf('address')),
    coordinate: following(copied.coordinate, versionsOf('coordinate')),
    customerType: following(copied.customerType, versionsOf('customerType')),
    city: isSameCity ? now.city : copied.city,
    pop: followingPlace(copied.pop, versionsOf('pop')),
    ms: followingPlace(copied.ms, versionsOf('ms')),
    splitter: followingPlace(copied.splitter, versionsOf('splitter')),
  };
};

/** The keywords of a ticket, by which it is searched. */
export const keywordsOfTicket = ({ ticketId, client }: Ticket): string[] =>
  keywordsOf(ticketId, client.cid, client.name);

/** A ticket's fields after its client has changed; a closed ticket does not change. */
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
