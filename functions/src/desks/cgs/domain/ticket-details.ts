import { refuse } from '../../../kernel/decision.ts';
import type { Refused } from './command.ts';
import type {
  AreaRef,
  Client,
  CreateTicket,
  Person,
  PolicyInForce,
  TicketClient,
  UpdateTicket,
} from './schemas.ts';
import type { Region } from './vocabulary.ts';

/** What a request names by id, as it is in the store; null or left out: it does not exist. */
export type Named = {
  readonly client?: Client | null;
  readonly area?: AreaRef | null;
  readonly policy: PolicyInForce;
};

/** The client of a ticket that has none. */
export const NOBODY: TicketClient = {
  id: null,
  cid: null,
  name: 'Non SLA',
  address: '',
  coordinate: null,
  city: null,
  customerType: 'Broadband',
  pop: null,
  ms: null,
  splitter: null,
  isp: null,
};

type Place = TicketClient['pop'];
const placeOf = (known: Place, name?: string | null, coordinate?: string | null): Place => {
  const place = {
    name: name || (known?.name ?? ''),
    coordinate: coordinate || (known?.coordinate ?? ''),
  };
  return place.name || place.coordinate ? place : null;
};

const emptiedPlace = (place: Place, name?: string | null, coordinate?: string | null): Place =>
  place && {
    name: name === null ? '' : place.name,
    coordinate: coordinate === null ? '' : place.coordinate,
  };

/** The client without what an edit empties with null. */
export const emptied = (known: TicketClient, edit: UpdateTicket): TicketClient => ({
  ...known,
  name: edit.endUser === null ? NOBODY.name : known.name,
  address: edit.address === null ? NOBODY.address : known.address,
  coordinate: edit.coordinate === null ? null : known.coordinate,
  city: edit.area === null ? null : known.city,
  pop: emptiedPlace(known.pop, edit.popName, edit.popLocation),
  ms: emptiedPlace(known.ms, edit.msName, edit.msLocation),
  splitter: emptiedPlace(known.splitter, edit.splitterName, edit.splitterLocation),
});

/** What a ticket keeps of its client. */
export const fromClient = ({ pop, ms, splitter, ...client }: Client): TicketClient => ({
  id: client.id,
  cid: client.cid,
  name: client.name,
  address: client.address,
  coordinate: client.coordinate,
  city: client.city,
  customerType: client.customerType,
  pop: placeOf(pop),
  ms: placeOf(ms),
  splitter: placeOf(splitter),
  isp: client.isp,
});

/** The client with what the request says of it, which holds for this ticket only. */
export const withGiven = (
  known: TicketClient,
  given: CreateTicket | UpdateTicket,
  area: AreaRef | null | undefined,
): TicketClient => ({
  ...known,
  name: given.endUser || known.name,
  address: given.address || known.address,
  coordinate: given.coordinate || known.coordinate,
  city: area ?? known.city,
  customerType: given.customerType ?? known.customerType,
  pop: placeOf(known.pop, given.popName, given.popLocation),
  ms: placeOf(known.ms, given.msName, given.msLocation),
  splitter: placeOf(known.splitter, given.splitterName, given.splitterLocation),
});

/** What a request names, checked. */
export type Found = {
  readonly ok: true;
  readonly client: Client | null;
  readonly area: AreaRef | null;
  readonly region: Region;
};

/** Checks what a request names against the store and the sender's reach. For a NOC a client of
 * another region does not exist. */
export const findNamed = (
  asked: { clientId: string | null; areaId: string | null; region: Region | null },
  { client, area }: Named,
  actor: Person,
): Found | Refused => {
  const own = actor.role === 'NOC' ? actor.region : null;
  const found = asked.clientId === null ? null : (client ?? null);
  const isMissing = asked.clientId !== null && !found;
  const isForeign = own !== null && found !== null && found.region !== own;
  if (isMissing || isForeign) return refuse('client/not-found', { field: 'client' });
  const region = asked.region ?? own ?? found?.region;
  if (!region) return refuse('ticket/region-required', { field: 'region' });
  if (own && region !== own)
    return refuse('ticket/forbidden-region', { details: { path: 'region' } });
  if (asked.areaId !== null && area?.region !== region) {
    return refuse('area/not-found', { field: 'area' });
  }
  return { ok: true, client: found, area: asked.areaId === null ? null : (area ?? null), region };
};
