import { z } from 'zod';
import { UUIDS } from '../../../kernel/resource/ids.ts';
import { areas } from './collections.ts';
import { areaRefSchema, regionFilter } from '../domain/schemas.ts';
import { REGIONS, ROLES } from '../domain/vocabulary.ts';
import { initialField, nameField, storedWire } from './fields.ts';
import { masterData } from './master-data.ts';
import { AREA_OF_CLIENTS, AREA_OF_USERS } from './usages.ts';

const body = z.strictObject({
  region: z.enum(REGIONS),
  name: nameField,
  initial: initialField,
});

/** The cities that a region's clients and crews belong to (contract, "Area"). */
export const areaData = masterData({
  path: '/areas',
  one: 'area',
  many: 'areas',
  contract: 'Area',
  ids: UUIDS,
  collection: areas,
  body,
  patch: body.partial(),
  wire: areaRefSchema.extend(storedWire).meta({ id: 'Area' }),
  make: (given, stored) => ({ ...stored, ...given }),
  uniques: [
    ['region', 'name'],
    ['region', 'initial'],
  ],
  words: ({ name, initial }) => [name, initial],
  filters: { region: regionFilter },
  readers: ROLES,
  writers: ['SuperAdmin'],
  usedBy: [AREA_OF_CLIENTS, AREA_OF_USERS],
  fixedInUse: ['region'],
  csv: true,
  samples: {
    given: 'oneArea',
    free: 'noArea',
    body: { region: 'West', name: 'BANDUNG', initial: 'BDG' },
    patch: { name: '{newName}' },
  },
});
