/** Permissions, roles, statuses, categories, limits and refusals of the city services. */

export const PERMISSIONS = [
  'ticket:read',
  'ticket:write',
  'ticket:delete',
  'user:read',
  'user:write',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Derived from the permissions: a caller with `ticket:read` is a Reader, any other a Citizen. */
export const ROLES = ['Citizen', 'Reader'] as const;
export type Role = (typeof ROLES)[number];

export const STATUSES = ['PENDING', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED'] as const;
export type Status = (typeof STATUSES)[number];

/** Statuses that a ticket can still leave. */
export const OPEN_STATUSES = ['PENDING', 'IN_PROGRESS'] as const satisfies readonly Status[];

export const CATEGORIES = [
  'MAINTENANCE',
  'SECURITY',
  'CLEANING',
  'WASTE',
  'ELECTRICITY',
  'WATER',
  'GAS',
  'INTERNET',
  'OTHER',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** The most characters of each text. */
export const LONGEST = { title: 120, description: 4000, notes: 4000, attachment: 2048 } as const;

export const MOST_ATTACHMENTS = 10;

/** The most notes of a ticket, which are all in its document. */
export const MOST_NOTES = 40;

/** Each refusal of the desk: its HTTP status, and a message that says what the caller can do. */
export const REFUSALS = {
  'ticket/not-found': {
    status: 404,
    message: 'There is no such ticket, or you may not see it.',
  },
  'ticket/forbidden': { status: 403, message: 'You may see this ticket, but not do this to it.' },
  'ticket/final': {
    status: 409,
    message: 'This ticket is completed or cancelled and stays as it is. Open a new one.',
  },
  'ticket/wrong-status': {
    status: 409,
    message: 'The ticket can not go from its status to this one, or not by you.',
  },
  'ticket/technician-needed': {
    status: 409,
    message: 'Work on a ticket begins when a technician is assigned to it.',
  },
  'ticket/already-assigned': {
    status: 409,
    message: 'This technician has the ticket already.',
  },
  'ticket/notes-full': {
    status: 409,
    message: `This ticket has ${MOST_NOTES} notes and takes no more. Send the request without notes.`,
  },
  'ticket/technician-invalid': {
    status: 400,
    message: 'There is no such person with access to the city services.',
  },
} as const satisfies Record<string, { status: number; message: string }>;
export type Refusal = keyof typeof REFUSALS;
