import { z } from 'zod';
import { UUIDS } from '../../../kernel/resource/ids.ts';
import { isps } from './collections.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { initialField, nameField, storedWire } from './fields.ts';
import { masterData } from './master-data.ts';
import { ISP_OF_CLIENTS, PART_OF_INCIDENTS } from './usages.ts';

const body = z.strictObject({ name: nameField, initial: initialField, brand: nameField });

/** Providers whose customers are connected to the network (contract, "ISP"). */
export const ispData = masterData({
  path: '/isps',
  one: 'ISP',
  many: 'ISPs',
  contract: 'ISP',
  ids: UUIDS,
  collection: isps,
  body,
  patch: body.partial(),
  wire: body.extend(storedWire).meta({ id: 'Isp' }),
  make: (given, stored) => ({ ...stored, ...given }),
  uniques: [['name'], ['initial']],
  words: ({ name, initial, brand }) => [name, initial, brand],
  readers: ROLES,
  writers: ['SuperAdmin'],
  usedBy: [ISP_OF_CLIENTS, PART_OF_INCIDENTS],
  csv: true,
  samples: {
    given: 'oneIsp',
    free: 'noIsp',
    body: { name: 'ADIDAYA INFOCOM LESTARI, PT / AIL / WIZNET', initial: 'AIL', brand: 'WIZNET' },
    patch: { name: '{newName}' },
  },
});
