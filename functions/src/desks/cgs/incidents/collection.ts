import { collection } from '../../../kernel/store/collection.ts';
import { BY_ID } from '../../../kernel/store/query.ts';
import { type Incident, incidentSchema } from '../domain/incidents/schemas.ts';

/** Lists: rows without notes, and without what only the work on tickets needs. */
const LIST = {
  optional: ['region', 'status'],
  arrayContains: 'keywords',
  range: 'createdAt',
  orderBy: '-createdAt',
  select: [
    'id',
    'incidentId',
    'region',
    'title',
    'networkSegment',
    'part',
    'remark',
    'status',
    'isActive',
    'expectedEndAt',
    'openedBy',
    'tickets',
    'opening',
    'closing',
    'createdAt',
    'updatedAt',
    'closedAt',
  ],
} as const;

/** `incidents/{id}`. */
export const incidents = collection('incidents', incidentSchema, {
  unindexed: [
    'title',
    'remark',
    'notes',
    'opening',
    'closing',
    'openedBy',
    'tickets',
    'expectedEndAt',
    'part.name',
  ],
  queries: {
    list: LIST,
    // For the clock.
    atWork: { equal: ['hasWork'], orderBy: BY_ID },
    // Those that name a part of the network.
    withPart: { equal: ['part.id', 'isActive'], orderBy: BY_ID },
  },
});

/** What lists read of an incident. */
export type IncidentRow = Pick<Incident, (typeof LIST.select)[number]>;
