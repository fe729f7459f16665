import { z } from 'zod';
import { collection, type Reads } from '../../kernel/store/document.ts';
import {
  type Categories,
  areaRefSchema,
  categorySettingSchema,
  type CategorySetting,
  clientSchema,
  type PolicyInForce,
  type SlaSetting,
  slaSettingSchema,
  ticketSchema,
} from './schemas.ts';
import {
  DEFAULT_CANCEL_CATEGORIES,
  DEFAULT_PENDING_CATEGORIES,
  DEFAULT_SLA_POLICY,
  INDICATION_CATEGORIES,
} from './vocabulary.ts';

/** The desk's collections, each read back through its schema. */
export const tickets = collection('tickets', ticketSchema);
export const clients = collection('clients', clientSchema);

/** Master data: what a request gives of it, and when it was written. */
const written = { createdAt: z.date(), updatedAt: z.date() };
const named = { id: z.string(), name: z.string() };
const pointSchema = z.object({ ...named, coordinate: z.string(), ...written });
export type Point = z.output<typeof pointSchema>;

export const areas = collection('areas', areaRefSchema.extend(written));
export const mainSplitters = collection('mainSplitters', pointSchema);
export const splitters = collection('splitters', pointSchema);
export const pops = collection('pops', pointSchema);
export const isps = collection(
  'isps',
  z.object({ ...named, initial: z.string(), brand: z.string(), ...written }),
);
export const indications = collection(
  'indications',
  z.object({
    id: z.string(),
    category: z.enum(INDICATION_CATEGORIES),
    indication: z.string(),
    ...written,
  }),
);

/** Settings that a SuperAdmin edits; until then the defaults hold. */
export const slaSettings = collection('settings', slaSettingSchema);
export const slaSetting = slaSettings.doc('sla');
export const categorySettings = collection('settings', categorySettingSchema);
export const categorySetting = categorySettings.doc('categories');

const UNEDITED = { version: 0, updatedAt: null };

export const slaSettingIn = (reads: Reads): SlaSetting =>
  reads.get(slaSetting)?.data ?? { ...DEFAULT_SLA_POLICY, ...UNEDITED, applied: null };

export const categorySettingIn = (reads: Reads): CategorySetting =>
  reads.get(categorySetting)?.data ?? {
    pending: DEFAULT_PENDING_CATEGORIES,
    cancel: DEFAULT_CANCEL_CATEGORIES,
    ...UNEDITED,
  };

export const policyIn = (reads: Reads): PolicyInForce => slaSettingIn(reads);
export const categoriesIn = (reads: Reads): Categories => categorySettingIn(reads);
