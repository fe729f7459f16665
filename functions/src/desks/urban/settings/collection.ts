import { collection } from '../../../kernel/store/collection.ts';
import type { Reads } from '../../../kernel/store/document.ts';
import { DEFAULT_OVERDUE } from '../domain/overdue.ts';
import { type OverdueSetting, overdueSettingSchema } from '../domain/schemas.ts';

/** `settings/urban-overdue`: from when on a ticket is overdue; until it is edited, the default. */
export const overdueSettings = collection('settings', overdueSettingSchema);
export const overdueSetting = overdueSettings.doc('urban-overdue');

export const overdueSettingIn = (reads: Reads): OverdueSetting =>
  reads.get(overdueSetting)?.data ?? { ...DEFAULT_OVERDUE, updatedAt: null };
