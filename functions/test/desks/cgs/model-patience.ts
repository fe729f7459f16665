import type { EscalationSetting } from '../../../src/desks/cgs/domain/schemas.ts';

/** How long the model's tickets may stand still, in minutes; null: for ever. */
export interface Waits {
  readonly dueSoon: number | null;
  /** Until the FOC, the supervisor and NOC are told. */
  readonly open: readonly (number | null)[];
  readonly accepted: readonly (number | null)[];
  readonly release: number | null;
}

export const FOREVER: Waits = { dueSoon: null, open: [], accepted: [], release: null };

/** One policy as the model and as the desk know it. */
export const IMPATIENT: Waits = {
  dueSoon: 30,
  open: [3, null, 12],
  accepted: [5, 10, null],
  release: 20,
};
export const impatient: EscalationSetting = {
  dueSoon: 30,
  Open: { FOC: 3, FOCSupervisor: null, NOC: 12 },
  Accepted: { FOC: 5, FOCSupervisor: 10, NOC: null },
  release: 20,
  since: null,
  version: 1,
};

const MINUTE = 60_000;
const TOLD = ['FOC', 'FOCSupervisor', 'NOC'];

/** What it goes by of a model ticket. */
interface Idle {
  readonly status: string;
  readonly waiting: unknown;
  readonly lastMove: number;
}

/** The earliest of these times; null without any. */
export const firstOf = (...times: readonly (number | null)[]): number | null => {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
};

/** Who is told of a ticket that nobody moves, and when it is released. All times are milliseconds. */
export class Patience {
  readonly waits: Waits;
  lastRefusal = 0;

  constructor(waits: Waits) {
    this.waits = waits;
  }

  private times({ status, waiting, lastMove }: Idle): (number | null)[] {
    if (waiting !== null) return [];
    const minutes = status === 'Open' ? this.waits.open : this.waits.accepted;
    if (status !== 'Open' && status !== 'Accepted') return [];
    const since = Math.max(lastMove, this.lastRefusal);
    return minutes.map((each) => (each === null ? null : since + each * MINUTE));
  }

  told(ticket: Idle, now: number): string | null {
    const reached = this.times(ticket).findLastIndex((time) => time !== null && time <= now);
    return TOLD[reached] ?? null;
  }

  next(ticket: Idle, now: number): number | null {
    return firstOf(...this.times(ticket).filter((time) => time !== null && time > now));
  }

  release({ status, waiting, lastMove }: Idle): number | null {
    const { release } = this.waits;
    if (status !== 'Accepted' || waiting !== null || release === null) return null;
    return Math.max(lastMove, this.lastRefusal) + release * MINUTE;
  }

  soonAt(due: number | null): number | null {
    const { dueSoon } = this.waits;
    return due === null || dueSoon === null ? null : due - dueSoon * MINUTE;
  }
}
