/** What most requests for a ticket have in common, by kind of fault. */
export const cut = {
  type: 'Trouble',
  indicationCategory: 'FiberCut',
  networkSegment: 'Access',
} as const;
export const planned = {
  type: 'Maintenance',
  source: 'Email',
  indicationCategory: 'Bending',
  networkSegment: 'Fishbone',
} as const;
export const dead = {
  type: 'Trouble',
  indicationCategory: 'Device',
  networkSegment: 'Access',
} as const;
