/** How long after a client's last ticket another one is a repeat. */
const REPEAT_DAYS = 30;
const REPEAT_MS = REPEAT_DAYS * 24 * 60 * 60_000;

/** Faults that occurred at one client: when each of its tickets was created, by the ticket's id. */
export type Occurrences = Readonly<Record<string, Date>>;

/** The tickets of a client that were created within 30 days after another one. */
export const repeatsAmong = (occurrences: Occurrences): ReadonlySet<string> => {
  const ordered = Object.entries(occurrences).sort(
    ([one, at], [other, otherAt]) => at.getTime() - otherAt.getTime() || (one < other ? -1 : 1),
  );
  return new Set(
    ordered.flatMap(([id, at], index) => {
      const before = ordered[index - 1]?.[1];
      return before !== undefined && at.getTime() - before.getTime() <= REPEAT_MS ? [id] : [];
    }),
  );
};
