import { setting } from '../../../kernel/store/setting.ts';
import { DEFAULT_OVERDUE } from '../domain/overdue.ts';
import { overdueSettingSchema } from '../domain/schemas.ts';

/** From when on a ticket is overdue. */
export const overdueSetting = setting('urban-overdue', overdueSettingSchema, {
  ...DEFAULT_OVERDUE,
  updatedAt: null,
});
