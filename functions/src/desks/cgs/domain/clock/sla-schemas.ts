import { z } from 'zod';
import { escalationSettingSchema, type EscalationSetting } from './escalation-schemas.ts';
import { DEFAULT_ESCALATION_POLICY, REGIONS, WEEKDAYS } from '../vocabulary.ts';

/** Minutes; the limit keeps the search for a due time short. */
const LONGEST_PROMISE = 90 * 24 * 60;
const LEAST_OPEN_MINUTES = 60;

/** Minutes since midnight of `HH:MM`. */
const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** An opening of a day, as minutes since midnight: `08:00-17:00` is `{ from: 480, to: 1020 }`. */
export const windowOf = (text: string): { readonly from: number; readonly to: number } => ({
  from: minuteOf(text.slice(0, 5)),
  to: minuteOf(text.slice(6)),
});

const openingSchema = z
  .string()
  .regex(
    /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/,
    'Send "HH:MM-HH:MM"; the day ends at 24:00.',
  );

/** Openings may follow directly on each other; one past midnight has to be split in two. */
const isAscending = (openings: readonly string[]): boolean => {
  const edges = openings.map(windowOf).flatMap(({ from, to }) => [from, to]);
  return edges.every((edge, index) => {
    const before = edges[index - 1] ?? 0;
    return index % 2 === 0 ? edge >= before : edge > before;
  });
};

const day = z
  .array(openingSchema)
  .max(8)
  .refine(isAscending, 'Send the openings in order, without overlap and within the day.');

const weekOf = <S extends z.ZodType>(each: S) =>
  z.strictObject({
    monday: each,
    tuesday: each,
    wednesday: each,
    thursday: each,
    friday: each,
    saturday: each,
    sunday: each,
  } satisfies Record<(typeof WEEKDAYS)[number], S>);

// Intl is slow to check a zone, and every ticket that is read has one.
const knownZones = new Set<string>();
const isTimeZone = (zone: string): boolean => {
  if (knownZones.has(zone)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    knownZones.add(zone);
    return true;
  } catch {
    return false;
  }
};
const timeZone = z.string().max(64).refine(isTimeZone, 'Send an IANA time zone, as Asia/Jakarta.');
const holidays = z.array(z.iso.date()).max(400);

/** When a region works: openings by weekday and holidays, in the local time of its zone. */
export const slaCalendarSchema = z.strictObject({ timeZone, hours: weekOf(day), holidays });
export type SlaCalendar = z.infer<typeof slaCalendarSchema>;

const openMinutes = (hours: SlaCalendar['hours']): number =>
  Object.values(hours)
    .flat()
    .map(windowOf)
    .reduce((sum, { from, to }) => sum + to - from, 0);

/** A calendar in a request: a weekday left out is closed, the zone is the operator's unless given. */
const calendarBody = z
  .strictObject({
    timeZone: timeZone.optional(),
    hours: weekOf(day.default([])).refine(
      (hours) => openMinutes(hours) >= LEAST_OPEN_MINUTES,
      'Open for at least an hour a week; null is open around the clock.',
    ),
    holidays: holidays.default([]).overwrite((dates) => [...new Set(dates)].toSorted()),
  })
  .nullable();

const promise = z.int().positive().max(LONGEST_PROMISE);
const promises = z.strictObject({ Trouble: promise, Maintenance: promise });
const calendars = z.strictObject({
  West: slaCalendarSchema.nullable(),
  Central: slaCalendarSchema.nullable(),
  East: slaCalendarSchema.nullable(),
} satisfies Record<(typeof REGIONS)[number], z.ZodType>);

/** Minutes promised by customer type and ticket type, and when each region works (null: always). */
export const slaPolicySchema = z.strictObject({
  Dedicated: promises,
  Broadband: promises,
  calendars,
});
export type SlaPolicy = z.infer<typeof slaPolicySchema>;

/** The policy with its version, which each edit of the setting increments. */
export type SlaPolicyInForce = SlaPolicy & { readonly version: number };

/** What a new ticket takes from the settings. */
export type PolicyInForce = SlaPolicyInForce & { readonly escalation: EscalationSetting };

/** `PUT /v1/settings/sla`: what is left out does not change. `apply` extends it to active tickets. */
export const slaSettingBody = z.strictObject({
  Dedicated: promises.optional(),
  Broadband: promises.optional(),
  calendars: z
    .strictObject({
      West: calendarBody.optional(),
      Central: calendarBody.optional(),
      East: calendarBody.optional(),
    })
    .optional(),
  apply: z.boolean().default(false),
});
export type SlaSettingBody = z.output<typeof slaSettingBody>;

const category = z.string().trim().min(1).max(50);
const categoryList = z
  .array(category)
  .min(1)
  .max(50)
  .refine((list) => new Set(list).size === list.length, 'Name each category once.');

/** The categories of pendings and cancels. */
export const categoriesSchema = z.strictObject({ pending: categoryList, cancel: categoryList });

/** `PUT /v1/settings/categories`: what is left out does not change. */
export const categoriesBody = categoriesSchema.partial();

// The defaults are for documents that were written by hand.
const edited = {
  version: z.int().nonnegative().default(0),
  updatedAt: z.date().nullable().default(null),
};
const AROUND_THE_CLOCK = { West: null, Central: null, East: null };
export const UNEDITED_ESCALATION = { ...DEFAULT_ESCALATION_POLICY, since: null, version: 0 };

/** The document `settings/sla`. `applied` is the policy that active tickets are updated to. The
 * policy of escalation is in it too, so that a new ticket reads one setting. */
export const slaSettingSchema = z.object({
  ...slaPolicySchema.shape,
  calendars: calendars.default(AROUND_THE_CLOCK),
  ...edited,
  applied: z
    .object({ ...slaPolicySchema.shape, version: z.int(), at: z.date() })
    .nullable()
    .default(null),
  escalation: escalationSettingSchema.default(UNEDITED_ESCALATION),
});
export type SlaSetting = z.infer<typeof slaSettingSchema>;

/** The document `settings/categories`. */
export const categorySettingSchema = z.object({ ...categoriesSchema.shape, ...edited });
export type CategorySetting = z.infer<typeof categorySettingSchema>;
