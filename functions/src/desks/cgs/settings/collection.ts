import { collection } from '../../../kernel/store/collection.ts';
import { type Reads } from '../../../kernel/store/document.ts';
import {
  type Categories,
  categorySettingSchema,
  type CategorySetting,
  type PolicyInForce,
  type SlaSetting,
  slaSettingSchema,
  UNEDITED_ESCALATION,
} from '../domain/schemas.ts';
import {
  DEFAULT_CANCEL_CATEGORIES,
  DEFAULT_PENDING_CATEGORIES,
  DEFAULT_SLA_POLICY,
} from '../domain/vocabulary.ts';

/** Settings that a SuperAdmin edits; until then the defaults apply. */
export const slaSettings = collection('settings', slaSettingSchema);
export const slaSetting = slaSettings.doc('sla');
export const categorySettings = collection('settings', categorySettingSchema);
export const categorySetting = categorySettings.doc('categories');

const UNEDITED = { version: 0, updatedAt: null };

export const slaSettingIn = (reads: Reads): SlaSetting =>
  reads.get(slaSetting)?.data ?? {
    ...DEFAULT_SLA_POLICY,
    ...UNEDITED,
    applied: null,
    escalation: UNEDITED_ESCALATION,
  };

export const categorySettingIn = (reads: Reads): CategorySetting =>
  reads.get(categorySetting)?.data ?? {
    pending: DEFAULT_PENDING_CATEGORIES,
    cancel: DEFAULT_CANCEL_CATEGORIES,
    ...UNEDITED,
  };

export const policyIn = (reads: Reads): PolicyInForce => slaSettingIn(reads);
export const categoriesIn = (reads: Reads): Categories => categorySettingIn(reads);
