import { z } from 'zod';
import { uploadIn } from '../../../kernel/media-path.ts';
import { momentOf, timeInput } from './moment-input.ts';
import {
  CUSTOMER_TYPES,
  INDICATION_CATEGORIES,
  NETWORK_SEGMENTS,
  REGIONS,
  TICKET_SOURCES,
  TICKET_TYPES,
} from './vocabulary.ts';

/** The id of a document, safe in a path. */
const id = z.string().regex(/^[\w-]{1,128}$/, 'Send the id of a document.');
const line = z.string().trim().max(200);
const remark = z.string().max(2000);

const isBlank = (value: unknown): boolean => typeof value === 'string' && value.trim() === '';

/** A field that may be left out; an empty string means the same. */
export const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (isBlank(value) ? undefined : value), schema.optional()).optional();

/** The filter of a list by region. */
export const regionFilter = optional(z.enum(REGIONS)).meta({
  description: 'only those of this region, within the caller’s reach',
});

/** A field that may be left out; an empty string and null mean the same, and null is the result. */
const maybe = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (isBlank(value) ? null : value), schema.nullable()).default(null);

const isWithin = (value: string | undefined, bound: number): boolean =>
  Math.abs(Number(value)) <= bound;

/** `lat,lng` in decimal degrees, stored as it was sent. */
export const coordinateSchema = z
  .string()
  .max(64)
  .regex(/^[+-]?\d{1,2}(\.\d+)?, ?[+-]?\d{1,3}(\.\d+)?$/, 'Send "latitude,longitude" in degrees.')
  .refine((value) => {
    const [latitude, longitude] = value.split(',');
    return isWithin(latitude, 90) && isWithin(longitude, 180);
  }, 'Latitude goes from -90 to 90, longitude from -180 to 180.')
  .meta({ description: 'latitude,longitude in decimal degrees' });

const isMediaUrl = (value: string): boolean =>
  /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)[:/])\S+$/.test(value) && URL.canParse(value);

/**
 * The path of an upload, or an absolute https address, whose host has to be an accepted one; http is
 * allowed for the emulators' hosts only.
 */
export const mediaUrlSchema = z
  .string()
  .max(2048)
  .refine(
    (value) => uploadIn(value) !== undefined || isMediaUrl(value),
    'Send the path of an upload, or an absolute https URL.',
  )
  .meta({ format: 'uri-reference' });

/** What a request may say of a ticket's client, place and people. */
const details = {
  region: optional(z.enum(REGIONS)),
  area: optional(line.nullable()).meta({ description: 'id or name of an area of the region' }),
  publishedAt: optional(timeInput.nullable()),
  endUser: optional(line.nullable()),
  address: optional(z.string().trim().max(500).nullable()),
  coordinate: optional(coordinateSchema.nullable()),
  customerType: optional(z.enum(CUSTOMER_TYPES).nullable()),
  popName: optional(line.nullable()),
  popLocation: optional(line.nullable()),
  msName: optional(line.nullable()),
  msLocation: optional(line.nullable()),
  splitterName: optional(line.nullable()),
  splitterLocation: optional(line.nullable()),
  indication: optional(line.nullable()),
  action: optional(remark.nullable()),
  remark: optional(remark.nullable()),
  locationRemark: optional(remark.nullable()),
  contactPerson: z
    .array(z.strictObject({ name: line, phone: z.string().trim().max(30) }))
    .max(10)
    .optional(),
};
const source = z.enum(TICKET_SOURCES);
const indicationCategory = z.enum(INDICATION_CATEGORIES);
const networkSegment = z.enum(NETWORK_SEGMENTS);

/** `POST /v1/tickets`. Without a client, address and customer type are required. */
export const createTicketBody = z
  .strictObject({
    ...details,
    client: z.preprocess((value) => (isBlank(value) ? null : value), id.nullable()),
    type: z.enum(TICKET_TYPES),
    isDraft: z.boolean().default(false),
    source,
    indicationCategory,
    networkSegment,
  })
  .refine((body) => body.client !== null || body.address, {
    path: ['address'],
    error: 'Send the address of a ticket without a client.',
  })
  .refine((body) => body.client !== null || body.customerType, {
    path: ['customerType'],
    error: 'Send the customer type of a ticket without a client.',
  });
export type CreateTicket = Dated<z.output<typeof createTicketBody>>;

/** `PUT /v1/tickets/:id`: what is left out does not change, null empties a value. */
export const updateTicketBody = z.strictObject({
  ...details,
  customerType: optional(z.enum(CUSTOMER_TYPES)),
  contactPerson: details.contactPerson.nullable(),
  client: optional(id.nullable()),
  type: optional(z.enum(TICKET_TYPES)),
  source: optional(source),
  indicationCategory: optional(indicationCategory),
  networkSegment: optional(networkSegment),
});
export type UpdateTicket = Dated<z.output<typeof updateTicketBody>>;

type Dated<B> = Omit<B, 'publishedAt'> & { readonly publishedAt?: Date | null | undefined };

/** A body with its date as a moment; a time without an offset is of `timeZone`. */
export const dated = <B extends { readonly publishedAt?: string | null | undefined }>(
  body: B,
  timeZone: string,
): Dated<B> => {
  const { publishedAt, ...others } = body;
  return {
    ...others,
    publishedAt: publishedAt == null ? publishedAt : momentOf(publishedAt, timeZone),
  };
};

/** `POST /v1/tickets/:id/ticketStatus/checkedIn`. */
export const checkedInBody = z.strictObject({
  mediaUrl: mediaUrlSchema,
  remark: maybe(remark),
  locationCoordinate: coordinateSchema,
});

/** `POST /v1/tickets/:id/taskStatus/{checking,pullingCable,jointing,tidying,linkChecking}`. */
export const taskBody = z.strictObject({
  mediaUrl: mediaUrlSchema,
  remark: maybe(remark),
  locationCoordinate: maybe(coordinateSchema),
});

/** `POST /v1/tickets/:id/taskStatus/finishing`. */
export const finishingBody = checkedInBody;

const reason = {
  mediaUrl: maybe(mediaUrlSchema),
  remark: maybe(remark),
  locationCoordinate: maybe(coordinateSchema),
};

/** `POST /v1/tickets/:id/ticketStatus/pending`. */
export const pendingBody = z.strictObject({
  ...reason,
  pendingCategory: z.string().min(1).max(50),
  pendingInterval: z.int().min(1).max(10_080).meta({ description: 'minutes' }),
});
export type PendingBody = z.output<typeof pendingBody>;

/** `POST /v1/tickets/:id/ticketStatus/cancel`. */
export const cancelBody = z.strictObject({
  ...reason,
  cancelCategory: z.string().min(1).max(50),
});
export type CancelBody = z.output<typeof cancelBody>;

/** `POST /v1/tickets/:id/assign`. */
export const assignBody = z.strictObject({ focId: id, remark: maybe(remark) });
export type AssignBody = z.output<typeof assignBody>;

/** `POST /v1/tickets/:id/reassign`: the FOC asks to be replaced, and says why. */
export const reassignBody = z.strictObject({
  remark: remark.trim().min(1),
  mediaUrl: maybe(mediaUrlSchema),
});

/** `POST /v1/tickets/:id/notes`. */
export const noteBody = z.strictObject({
  remark: remark.trim().min(1),
  mediaUrl: maybe(mediaUrlSchema),
});

/** `POST /v1/tickets/:id/validate/:evidenceId/:approved`; the body may be left out. */
export const validateBody = z.strictObject({ approvalRemark: maybe(remark) }).optional();
