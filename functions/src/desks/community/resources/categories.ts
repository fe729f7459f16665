import { z } from 'zod';
import { numbered } from '../../../kernel/resource/ids.ts';
import { categoryBody } from '../domain/schemas.ts';
import { CATEGORIES, ROLES } from '../domain/vocabulary.ts';
import { categories, counterOf, tickets } from '../records.ts';
import { recordWire, smallRecord } from './small-record.ts';

/**
 * The categories of tickets (contract, "Categories"). The contract's six have the first numbers; they
 * change and are deleted like any other.
 */
export const categoryRecords = smallRecord({
  path: '/categoriaticket',
  one: 'category',
  many: 'categories',
  contract: 'Categories',
  ids: numbered(counterOf('category'), CATEGORIES.length + 1),
  collection: categories,
  body: categoryBody,
  patch: categoryBody,
  wire: recordWire('Category', { descripcion: z.string() }),
  make: (given, stored) => ({ ...given, ...stored }),
  readers: ROLES,
  writers: ['SYSTEM_ADMIN'],
  usedBy: [{ where: ({ id }) => tickets.queries.list.where({ categoriaTicketId: id }) }],
  samples: {
    given: 'category',
    body: { descripcion: 'Estacionamiento' },
    patch: { descripcion: 'Estacionamientos' },
  },
});
