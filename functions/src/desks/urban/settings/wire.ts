import { z } from 'zod';
import { type OverdueSetting, overdueSettingSchema } from '../domain/schemas.ts';

export const overdueWireSchema = overdueSettingSchema
  .extend({
    updatedAt: z.iso.datetime().nullable().meta({ description: 'null: the default' }),
  })
  .meta({ id: 'OverdueSetting' });

export const overdueToWire = (setting: OverdueSetting): z.input<typeof overdueWireSchema> => ({
  ...setting,
  updatedAt: setting.updatedAt?.toISOString() ?? null,
});
