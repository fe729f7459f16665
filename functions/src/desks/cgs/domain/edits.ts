import type { Person, Ticket, TicketEdit } from './schemas.ts';

const contacts = ({ contactPerson }: Ticket): string | null =>
  contactPerson.map(({ name, phone }) => `${name} ${phone}`.trim()).join(', ') || null;

/** The fields that an edit can change, as text, under the names that requests use. */
const FIELDS = {
  type: ({ type }) => type,
  client: ({ client }) => client.id,
  region: ({ region }) => region,
  area: ({ client }) => client.city?.name ?? null,
  publishedAt: ({ publishedAt }) => publishedAt?.toISOString() ?? null,
  endUser: ({ client }) => client.name,
  address: ({ client }) => client.address,
  coordinate: ({ client }) => client.coordinate,
  customerType: ({ client }) => client.customerType,
  popName: ({ client }) => client.pop?.name ?? null,
  popLocation: ({ client }) => client.pop?.coordinate ?? null,
  msName: ({ client }) => client.ms?.name ?? null,
  msLocation: ({ client }) => client.ms?.coordinate ?? null,
  splitterName: ({ client }) => client.splitter?.name ?? null,
  splitterLocation: ({ client }) => client.splitter?.coordinate ?? null,
  source: ({ source }) => source,
  networkSegment: ({ networkSegment }) => networkSegment,
  indicationCategory: ({ indicationCategory }) => indicationCategory,
  indication: ({ indication }) => indication,
  action: ({ action }) => action,
  remark: ({ remark }) => remark,
  locationRemark: ({ locationRemark }) => locationRemark,
  contactPerson: contacts,
  // By its title, when the ticket is linked or unlinked.
  incident: ({ incident }) => incident?.title ?? null,
  // The promise follows from the type, the client, the customer type and the region.
  sla: ({ sla }) => `${sla}`,
} as const satisfies Record<string, (ticket: Ticket) => string | null>;

const textOf = (value: string | null): string | null => (value === '' ? null : value);

/** What an edit changed, by whom; null when it changed nothing. */
export const editOf = (
  before: Ticket,
  after: Ticket,
  { id, name }: Person,
  at: Date,
): TicketEdit | null => {
  const changes = Object.entries(FIELDS).flatMap(([field, valueOf]) => {
    const [from, to] = [textOf(valueOf(before)), textOf(valueOf(after))];
    return from === to ? [] : [{ field, from, to }];
  });
  return changes.length === 0 ? null : { at, by: { id, name }, changes };
};
