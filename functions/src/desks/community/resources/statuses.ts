import { z } from 'zod';
import { barePageQuery } from '../../../kernel/store/page.ts';
import { statuses, tickets } from '../records.ts';
import { endpointsOf, recordWire } from './resource.ts';
import { statusBody, statusPatch } from '../domain/schemas.ts';
import { ROLES, STATUSES } from '../domain/vocabulary.ts';

/**
 * Where tickets stand (contract, "Statuses"). The first six are the desk's own: their texts and
 * colours may change, their codes and numbers stay.
 */
export const statusEndpoints = endpointsOf({
  path: '/statusticket',
  one: 'status',
  many: 'statuses',
  contract: 'Statuses',
  kind: 'status',
  collection: statuses,
  body: statusBody,
  patch: statusPatch,
  wire: recordWire('Status', {
    codigo: z.string(),
    descripcion: z.string(),
    color: z.string(),
  }),
  readers: ROLES,
  writers: ['SYSTEM_ADMIN'],
  companyOf: () => null,
  make: (given, stored) => ({ ...given, ...stored }),
  patched: (patch, updatedAt) => ({ ...patch, updatedAt }),
  firstNumber: STATUSES.length + 1,
  unique: {
    refusal: 'status/code-taken',
    field: 'codigo',
    of: ({ codigo }) => [statuses.name, 'codigo', codigo],
    isReserved: ({ codigo }) => STATUSES.some((each) => each.codigo === codigo),
  },
  query: z.strictObject(barePageQuery),
  usedBy: [({ id }) => tickets.queries.list.where({ statusId: id })],
  samples: {
    given: 'status',
    body: { codigo: '{codigo}', descripcion: 'En espera', color: '#F97316' },
    patch: { color: '#FB923C' },
    // The caller, the claim of the code and the counter; the last two again and the status.
    costs: { create: { reads: 3, writes: 3 }, remove: { reads: 3, writes: 2 } },
  },
});
