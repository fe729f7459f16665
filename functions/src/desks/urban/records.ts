import { z } from 'zod';
import { collection } from '../../kernel/store/collection.ts';
import { BY_ID } from '../../kernel/store/query.ts';
import { ticketSchema } from './domain/schemas.ts';
import { LISTED } from './wire.ts';

export const tickets = collection('urbanTickets', ticketSchema, {
  unindexed: [
    'title',
    'description',
    'attachments',
    'notes',
    'noteLog',
    'statusLog',
    'user',
    'technician',
  ],
  queries: {
    /** One group of a list. */
    ofStatus: {
      equal: ['status'],
      optional: ['category', 'userId', 'assignedTo'],
      arrayContains: 'keywords',
      range: 'createdAt',
      orderBy: '-createdAt',
      select: LISTED,
      // A person has few tickets of a status among all those of the city.
      indexes: [
        ['userId', 'status'],
        ['assignedTo', 'status'],
      ],
    },
    inHandOf: { equal: ['assignedTo', 'status'], select: ['title'] },
    // The tickets that embed a person.
    ofUser: { equal: ['userId', 'status'], orderBy: BY_ID },
    ofTechnician: { equal: ['assignedTo', 'status'], orderBy: BY_ID },
  },
});

/** A ticket's id in a path; anything but a UUID is a 404. */
export const byId = z.strictObject({
  id: z.uuid().meta({ description: 'the id of a ticket' }),
});
