import { z } from 'zod';
import { indications } from './collections.ts';
import { INDICATION_CATEGORIES, ROLES } from '../domain/vocabulary.ts';
import { nameField } from './fields.ts';
import { masterData } from './master-data.ts';
import { storedWire } from './resource.ts';

const category = z.enum(INDICATION_CATEGORIES);
const body = z.strictObject({ category, indication: nameField });

/** What an operator notes down as the likely cause (contract, "Indication"). */
export const indicationData = masterData({
  path: '/indications',
  one: 'indication',
  many: 'indications',
  contract: 'Indication',
  collection: indications,
  body,
  patch: body.partial(),
  wire: body.extend(storedWire).meta({ id: 'Indication' }),
  given: (data) => ({ category: data.category, indication: data.indication }),
  make: (given, stored) => ({ ...stored, ...given }),
  uniques: [['category', 'indication']],
  words: ({ indication }) => [indication],
  sortBy: 'indication',
  filters: { category: category.optional() },
  readers: ROLES,
  // Tickets keep the words, not the record.
  usedBy: [],
  samples: {
    given: 'oneIndication',
    free: 'noIndication',
    body: { category: 'FiberCut', indication: 'Ketabrak truk' },
    patch: { indication: '{newName}' },
    csv: 'category,indication\nFiberCut,Ketabrak truk\n',
    costs: {
      create: { reads: 2, writes: 2 },
      update: { reads: 3, writes: 3 },
      remove: { reads: 2, writes: 2 },
      import: { reads: 2, writes: 2 },
    },
  },
});
