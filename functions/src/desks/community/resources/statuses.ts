import { z } from 'zod';
import { numbered } from '../../../kernel/resource/ids.ts';
import { statusBody, statusPatch } from '../domain/schemas.ts';
import { ROLES, STATUSES } from '../domain/vocabulary.ts';
import { counterOf, statuses, tickets } from '../records.ts';
import { recordWire, smallRecord } from './small-record.ts';

/**
 * The statuses of tickets (contract, "Statuses"). The first six are built in: their texts and
 * colours may change, their codes and numbers stay.
 */
export const statusRecords = smallRecord({
  path: '/statusticket',
  one: 'status',
  many: 'statuses',
  contract: 'Statuses',
  ids: numbered(counterOf('status'), STATUSES.length + 1),
  collection: statuses,
  body: statusBody,
  patch: statusPatch,
  wire: recordWire('Status', { codigo: z.string(), descripcion: z.string(), color: z.string() }),
  make: (given, stored) => ({ ...given, ...stored }),
  readers: ROLES,
  writers: ['SYSTEM_ADMIN'],
  uniques: [['codigo']],
  builtIn: STATUSES,
  usedBy: [{ where: ({ id }) => tickets.queries.list.where({ statusId: id }) }],
  samples: {
    given: 'status',
    body: { codigo: '{codigo}', descripcion: 'En espera', color: '#F97316' },
    patch: { color: '#FB923C' },
  },
});
