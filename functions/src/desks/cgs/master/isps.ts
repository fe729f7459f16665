import { z } from 'zod';
import { isps } from './collections.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { initialField, nameField } from './fields.ts';
import { masterData } from './master-data.ts';
import { storedWire } from './resource.ts';
import { ISP_OF_CLIENTS } from './usages.ts';

const body = z.strictObject({ name: nameField, initial: initialField, brand: nameField });

/** Providers whose customers hang on the network (contract, "ISP"). */
export const ispData = masterData({
  path: '/isps',
  one: 'ISP',
  many: 'ISPs',
  contract: 'ISP',
  collection: isps,
  body,
  patch: body.partial(),
  wire: body.extend(storedWire).meta({ id: 'Isp' }),
  given: ({ name, initial, brand }) => ({ name, initial, brand }),
  make: (given, stored) => ({ ...stored, ...given }),
  uniques: [['name'], ['initial']],
  words: ({ name, initial, brand }) => [name, initial, brand],
  sortBy: 'name',
  readers: ROLES,
  usedBy: [ISP_OF_CLIENTS],
  samples: {
    given: 'oneIsp',
    free: 'noIsp',
    body: { name: 'ADIDAYA INFOCOM LESTARI, PT / AIL / WIZNET', initial: 'AIL', brand: 'WIZNET' },
    patch: { name: '{newName}' },
    csv: 'name,initial,brand\n"ADIDAYA INFOCOM LESTARI, PT / AIL / WIZNET",AIL,WIZNET\n',
    costs: {
      // As for areas, with one search less.
      create: { reads: 3, writes: 3 },
      update: { reads: 4, writes: 3 },
      remove: { reads: 3, writes: 3 },
      import: { reads: 3, writes: 3 },
    },
  },
});
