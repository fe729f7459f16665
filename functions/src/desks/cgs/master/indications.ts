import { z } from 'zod';
import { UUIDS } from '../../../kernel/resource/ids.ts';
import { indications } from './collections.ts';
import { INDICATION_CATEGORIES, ROLES } from '../domain/vocabulary.ts';
import { nameField, storedWire } from './fields.ts';
import { masterData } from './master-data.ts';

const category = z.enum(INDICATION_CATEGORIES);
const body = z.strictObject({ category, indication: nameField });

/** Likely causes of a fault, to choose from (contract, "Indication"). */
export const indicationData = masterData({
  path: '/indications',
  one: 'indication',
  many: 'indications',
  contract: 'Indication',
  ids: UUIDS,
  collection: indications,
  body,
  patch: body.partial(),
  wire: body.extend(storedWire).meta({ id: 'Indication' }),
  make: (given, stored) => ({ ...stored, ...given }),
  uniques: [['category', 'indication']],
  words: ({ indication }) => [indication],
  filters: { category: category.optional().meta({ description: 'only those of this category' }) },
  readers: ROLES,
  writers: ['SuperAdmin'],
  // Tickets have a copy of the text and no reference.
  usedBy: [],
  csv: true,
  samples: {
    given: 'oneIndication',
    free: 'noIndication',
    body: { category: 'FiberCut', indication: 'Ketabrak truk' },
    patch: { indication: '{newName}' },
  },
});
