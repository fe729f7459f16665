import { setting } from '../../../kernel/store/setting.ts';
import { categorySettingSchema, slaSettingSchema, UNEDITED_ESCALATION } from '../domain/schemas.ts';
import {
  DEFAULT_CANCEL_CATEGORIES,
  DEFAULT_PENDING_CATEGORIES,
  DEFAULT_SLA_POLICY,
} from '../domain/vocabulary.ts';

const UNEDITED = { version: 0, updatedAt: null };

/** The SLA policy, and that of escalation. */
export const slaSetting = setting('sla', slaSettingSchema, {
  ...DEFAULT_SLA_POLICY,
  ...UNEDITED,
  applied: null,
  escalation: UNEDITED_ESCALATION,
});

/** The categories of pendings and cancels. */
export const categorySetting = setting('categories', categorySettingSchema, {
  pending: [...DEFAULT_PENDING_CATEGORIES],
  cancel: [...DEFAULT_CANCEL_CATEGORIES],
  ...UNEDITED,
});
