/** Roles, statuses, priorities, limits and refusals of the ISP helpdesk. */

export const ROLES = ['staff', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const STATUS = { open: 0, inProgress: 1, resolved: 2, closed: 3 } as const;
export type Status = (typeof STATUS)[keyof typeof STATUS];
export const STATUSES: readonly Status[] = Object.values(STATUS);

export const PRIORITY = { low: 1, medium: 2, high: 3 } as const;
export type Priority = (typeof PRIORITY)[keyof typeof PRIORITY];
export const PRIORITIES: readonly Priority[] = Object.values(PRIORITY);

/** The most characters of each text. */
export const LONGEST = {
  title: 200,
  description: 4000,
  message: 4000,
  name: 200,
  phone: 40,
  address: 500,
} as const;

/**
 * The most replies of a ticket: one response holds them all, and one commit deletes them with the
 * ticket. Simultaneous replies may exceed it by a few.
 */
export const MOST_REPLIES = 400;

/** Each refusal of the desk: its HTTP status, and a message that says what the caller can do. */
export const REFUSALS = {
  'user/not-yours': { status: 403, message: 'user_id must be your own.' },
  'isp/no-access': { status: 403, message: 'You have no access to this ISP.' },
  'branch/no-access': { status: 403, message: 'You have no access to this branch.' },
  'ticket/not-found': { status: 404, message: 'Ticket not found.' },
  'ticket/closed': {
    status: 409,
    message: 'This ticket is closed. Reopen it by its status to reply.',
  },
  'ticket/full': {
    status: 409,
    message: `This ticket has ${MOST_REPLIES} replies and takes no more. Open a new one.`,
  },
  'ticket/subscriber-unknown': { status: 400, message: 'There is no such subscriber.' },
  'subscriber/not-found': { status: 404, message: 'Subscriber not found.' },
  'subscriber/in-use': {
    status: 409,
    message: 'This subscriber has tickets. Delete those first, or remove the subscriber from them.',
  },
} as const satisfies Record<string, { status: number; message: string }>;
export type Refusal = keyof typeof REFUSALS;
