/** The words of incidents: one fault of the network that many tickets come from. */

/** Closing: its tickets are being closed; nothing else can be done to it. */
export const INCIDENT_STATUSES = ['Open', 'Closing', 'Closed'] as const;

/** What clients are connected to, and an incident may take down. */
export const NETWORK_PARTS = ['Splitter', 'MainSplitter', 'Pop', 'Isp'] as const;
export type NetworkPart = (typeof NETWORK_PARTS)[number];

/** What becomes of the tickets when their incident is closed. */
export const TICKETS_AT_CLOSE = ['close', 'leave'] as const;

/** Every refusal of a request about an incident: the HTTP status, and what the caller can do. */
export const INCIDENT_REFUSALS = {
  'incident/not-found': { status: 404, message: 'No such incident. Check the id.' },
  'incident/forbidden-region': { status: 403, message: 'Open incidents of your own region only.' },
  'incident/region-required': { status: 400, message: 'Send the region of this incident.' },
  'incident/part-not-found': { status: 400, message: 'No such part of the network. Check its id.' },
  'incident/part-needed': {
    status: 409,
    message: 'This incident names no part of the network: send one whose clients get tickets.',
  },
  'incident/closed': { status: 409, message: 'This incident is closed. Open a new one.' },
  'incident/opening': {
    status: 409,
    message: 'Tickets of this incident are being opened. Try again when that is done.',
  },
  'incident/notes-full': {
    status: 409,
    message: 'This incident has as many notes as it can hold. Close it and open a new one.',
  },
  'incident/tickets-refused': {
    status: 409,
    message: 'No ticket was linked: leave out those that the details name.',
  },
} as const satisfies Record<string, { status: number; message: string }>;
export type IncidentRefusal = keyof typeof INCIDENT_REFUSALS;
