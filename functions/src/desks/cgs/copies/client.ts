import type { GivenField } from '../domain/given-fields.ts';
import { keywordsOfTicket } from '../domain/keywords.ts';
import type { Ticket, TicketClient } from '../domain/schemas.ts';

type Place = TicketClient['pop'];

/** A ticket's copy of its client as it is now; values that were given for the ticket stay. */
export const followingClient = (
  { client: copied, given }: Pick<Ticket, 'client' | 'given'>,
  now: TicketClient,
): TicketClient => {
  const keep = <T>(field: GivenField, own: T, clients: T): T =>
    given.includes(field) ? own : clients;
  // A request may give a place's name, its coordinate, or both.
  const placeOf = (name: GivenField, coordinate: GivenField, own: Place, clients: Place): Place => {
    const place = {
      name: keep(name, own?.name ?? '', clients?.name ?? ''),
      coordinate: keep(coordinate, own?.coordinate ?? '', clients?.coordinate ?? ''),
    };
    return place.name || place.coordinate ? place : null;
  };
  return {
    ...now,
    name: keep('endUser', copied.name, now.name),
    address: keep('address', copied.address, now.address),
    coordinate: keep('coordinate', copied.coordinate, now.coordinate),
    customerType: keep('customerType', copied.customerType, now.customerType),
    city: keep('area', copied.city, now.city),
    pop: placeOf('popName', 'popLocation', copied.pop, now.pop),
    ms: placeOf('msName', 'msLocation', copied.ms, now.ms),
    splitter: placeOf('splitterName', 'splitterLocation', copied.splitter, now.splitter),
  };
};

/** A ticket's fields after its client has changed; a closed ticket does not change. */
export const withClient = (
  ticket: Ticket,
  { now }: { readonly now: TicketClient },
): Partial<Ticket> => {
  if (!ticket.isActive || ticket.client.id !== now.id) return {};
  const client = followingClient(ticket, now);
  return {
    client,
    area: client.city?.id ?? null,
    keywords: keywordsOfTicket({ ...ticket, client }),
  };
};
