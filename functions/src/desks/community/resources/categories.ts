import { z } from 'zod';
import { barePageQuery } from '../../../kernel/store/page.ts';
import { categories, tickets } from '../records.ts';
import { endpointsOf, recordWire } from './resource.ts';
import { categoryBody } from '../domain/schemas.ts';
import { ROLES } from '../domain/vocabulary.ts';

/** What tickets are about (contract, "Categories"). */
export const categoryEndpoints = endpointsOf({
  path: '/categoriaticket',
  one: 'category',
  many: 'categories',
  contract: 'Categories',
  kind: 'category',
  collection: categories,
  body: categoryBody,
  patch: categoryBody,
  wire: recordWire('Category', { descripcion: z.string() }),
  readers: ROLES,
  writers: ['SYSTEM_ADMIN'],
  companyOf: () => null,
  make: (given, stored) => ({ ...given, ...stored }),
  patched: (patch, updatedAt) => ({ ...patch, updatedAt }),
  query: z.strictObject(barePageQuery),
  usedBy: [({ id }) => tickets.queries.list.where({ categoriaTicketId: id })],
  samples: {
    given: 'category',
    body: { descripcion: 'Estacionamiento' },
    patch: { descripcion: 'Estacionamientos' },
    costs: { create: { reads: 2, writes: 2 }, remove: { reads: 3, writes: 1 } },
  },
});
