const MINUTE = 60_000;

export const addMinutes = (date: Date, minutes: number): Date =>
  new Date(date.getTime() + minutes * MINUTE);

/** The earliest of some times, of which each may be none; null for no time at all. */
export const earliest = (...times: readonly (Date | null)[]): Date | null =>
  times.reduce((first, time) => (first && time ? (time < first ? time : first) : (first ?? time)));
