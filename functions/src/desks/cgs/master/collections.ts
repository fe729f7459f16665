import { z } from 'zod';
import { collection } from '../../../kernel/store/document.ts';
import { areaRefSchema, clientSchema } from '../domain/schemas.ts';
import { INDICATION_CATEGORIES } from '../domain/vocabulary.ts';

/** Each collection of master data, read back through its schema. */
export const clients = collection('clients', clientSchema);

/** What every record has besides its own fields. */
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
