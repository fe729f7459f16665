import { z } from 'zod';
import { collection, type Reads } from '../../kernel/store/document.ts';
import {
  type Categories,
  areaRefSchema,
  categoriesSchema,
  clientSchema,
  type SlaPolicy,
  slaPolicySchema,
  ticketSchema,
} from './schemas.ts';
import {
  DEFAULT_CANCEL_CATEGORIES,
  DEFAULT_PENDING_CATEGORIES,
  DEFAULT_SLA_POLICY,
} from './vocabulary.ts';

/** The desk's collections, each read back through its schema. */
export const tickets = collection('tickets', ticketSchema);
export const clients = collection('clients', clientSchema);
export const areas = collection(
  'areas',
  areaRefSchema.extend({ createdAt: z.date(), updatedAt: z.date() }),
);

/** Settings that a SuperAdmin edits; until then the defaults hold. */
export const slaSetting = collection('settings', slaPolicySchema.loose()).doc('sla');
export const categorySetting = collection('settings', categoriesSchema.loose()).doc('categories');

export const policyIn = (reads: Reads): SlaPolicy =>
  reads.get(slaSetting)?.data ?? DEFAULT_SLA_POLICY;

export const categoriesIn = (reads: Reads): Categories =>
  reads.get(categorySetting)?.data ?? {
    pending: DEFAULT_PENDING_CATEGORIES,
    cancel: DEFAULT_CANCEL_CATEGORIES,
  };
