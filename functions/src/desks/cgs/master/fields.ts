import { z } from 'zod';

/** What every record has on the wire besides its own fields. */
export const storedWire = {
  id: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};

/** Latitude and longitude as numbers, for the queries of maps. */
export const mapPoint = ({ coordinate }: { readonly coordinate: string }) => {
  const [latitude = null, longitude = null] = coordinate.split(',').map(Number);
  return { latitude, longitude };
};

/** Text on one line that must be there. */
export const nameField = z.string().trim().min(1).max(200);
export const initialField = z.string().trim().min(1).max(20);

/** Optional text; empty text and null mean that there is none. */
export const textField = z.string().trim().max(200).nullish();
export const remarkField = z.string().trim().max(2000).nullish();

const PAIRS = /^[\da-f]{2}(:[\da-f]{2}){5}$|^[\da-f]{2}(-[\da-f]{2}){5}$/i;
const BARE = /^[\da-f]{12}$/i;
const DOTTED = /^[\da-f]{4}(\.[\da-f]{4}){2}$/i;

const orEmpty = (isRight: (text: string) => boolean) => (text: string) =>
  text === '' || isRight(text);

/** A hardware address in any usual notation, stored as it was sent. */
export const macField = z
  .string()
  .trim()
  .max(17)
  .refine(
    orEmpty((text) => [PAIRS, BARE, DOTTED].some((form) => form.test(text))),
    'Send a MAC address, such as 00:1B:44:11:3A:B7.',
  )
  .nullish();

/** A VLAN id of IEEE 802.1Q. */
export const vlanField = z
  .string()
  .trim()
  .max(4)
  .refine(
    orEmpty((text) => /^[1-9]\d*$/.test(text) && Number(text) <= 4094),
    'Send a VLAN from 1 to 4094.',
  )
  .nullish();

const address = z.union([z.ipv4(), z.ipv6()]);

export const ipField = z
  .string()
  .trim()
  .max(45)
  .refine(
    orEmpty((text) => address.safeParse(text).success),
    'Send an IPv4 or IPv6 address.',
  )
  .nullish();

const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);
const FIRST = Date.parse('0001-01-01T00:00:00Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/** A date, or a time with its offset, within the years that Firestore can store. */
export const dateField = z
  .string()
  .trim()
  .max(40)
  .refine(
    orEmpty((text) => {
      const time = moment.safeParse(text).success ? Date.parse(text) : Number.NaN;
      return time >= FIRST && time <= LAST;
    }),
    'Send an ISO 8601 date or time, such as 2026-11-23.',
  )
  .nullish();
