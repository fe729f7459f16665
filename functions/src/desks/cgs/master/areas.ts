import { z } from 'zod';
import { areas } from './collections.ts';
import { areaRefSchema } from '../domain/schemas.ts';
import { REGIONS, ROLES } from '../domain/vocabulary.ts';
import { initialField, nameField } from './fields.ts';
import { masterData } from './master-data.ts';
import { storedWire } from './resource.ts';
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
  collection: areas,
  body,
  patch: body.partial(),
  wire: areaRefSchema.extend(storedWire).meta({ id: 'Area' }),
  given: ({ region, name, initial }) => ({ region, name, initial }),
  make: (given, stored) => ({ ...stored, ...given }),
  uniques: [
    ['region', 'name'],
    ['region', 'initial'],
  ],
  words: ({ name, initial }) => [name, initial],
  sortBy: 'name',
  filters: { region: z.enum(REGIONS).optional() },
  readers: ROLES,
  usedBy: [AREA_OF_CLIENTS, AREA_OF_USERS],
  fixedInUse: ['region'],
  samples: {
    given: 'oneArea',
    free: 'noArea',
    body: { region: 'West', name: 'BANDUNG', initial: 'BDG' },
    patch: { name: '{newName}' },
    csv: 'region,name,initial\nWest,BANDUNG,BDG\n',
    costs: {
      // The session and a claim for each unique field; the record and its claims.
      create: { reads: 3, writes: 3 },
      // The session, the record, the claims; the record, and the claim of the name changes hands.
      update: { reads: 4, writes: 3 },
      // The session, the record, and a search in clients and users; the record and its claims.
      remove: { reads: 4, writes: 3 },
      import: { reads: 3, writes: 3 },
    },
  },
});
