const MINUTE = 60_000;

/** Whether the minute that contains a moment counts for the SLA. */
export type IsOpen = (at: number) => boolean;

/** The end of the current minute, or `until` when that is earlier. */
const step = (at: number, until: number): number =>
  Math.min(until, (Math.floor(at / MINUTE) + 1) * MINUTE);

/** Time that counts for the SLA, counted minute by minute. All values are milliseconds. */
export class OpenMinutes {
  readonly isOpen: IsOpen;
  private readonly known = new Map<string, number>();

  constructor(isOpen: IsOpen) {
    this.isOpen = isOpen;
  }

  /** How much of the time between two moments counts. */
  between(from: number, to: number): number {
    let open = 0;
    for (let at = from; at < to; at = step(at, to)) {
      if (this.isOpen(at)) open += step(at, to) - at;
    }
    return open;
  }

  /** The moment at which this much counted time has passed since `from`. */
  after(from: number, open: number): number {
    const key = `${from} ${open}`;
    let left = open;
    let at = this.known.get(key) ?? from;
    if (at > from) return at;
    while (left > 0) {
      const next = this.isOpen(at) ? step(at, at + left) : step(at, Number.MAX_VALUE);
      if (this.isOpen(at)) left -= next - at;
      at = next;
    }
    this.known.set(key, at);
    return at;
  }
}
