/**
 * A second, simple model of a ticket's life, with which `ticket-model.spec.ts` checks `decide`. It
 * keeps running totals where the desk reads its log, and shares no code with it.
 */
import type { Person } from '../../../src/desks/cgs/domain/schemas.ts';
import type { CommandName } from '../../../src/desks/cgs/domain/moves.ts';
import type { Refusal } from '../../../src/desks/cgs/domain/vocabulary.ts';
import { ALLOWED, NEEDS, PLAIN, STEPS } from './model-commands.ts';
import { firstOf, FOREVER, Patience } from './model-patience.ts';
import { type IsOpen, OpenMinutes } from './open-minutes.ts';

type Who = Pick<Person, 'id' | 'role' | 'region'> | { role: 'system' };
type Verdict = Refusal | 'ok';

export type ModelCommand = {
  readonly name: CommandName;
  readonly foc?: Person;
  readonly approved?: boolean;
  readonly evidenceId?: string;
  readonly minutes?: number;
};

const MINUTE = 60_000;

export class Model {
  region = 'West';
  status = 'Draft';
  back = '';
  holder: string | null = null;
  task: string | null = null;
  resolution: string | null = null;
  waiting: { id: string; name: CommandName; at: number; minutes: number } | null = null;
  settled = new Set<string>();
  planned: number | null = null;
  published: number | null = null;
  firstAccepted: number | null = null;
  accepted: number | null = null;
  departed: number | null = null;
  arrived: number | null = null;
  started: number | null = null;
  closed: number | null = null;
  pausedAt: number | null = null;
  deadline = 0;
  paused = 0;
  pausedAtArrival = 0;
  lastEntry = 0;
  lastMove = 0;
  pausedOpen = 0;
  open: OpenMinutes;
  sla: number;
  patience: Patience;

  constructor(
    at: number,
    sla: number,
    planned: number | null,
    isOpen: IsOpen = () => true,
    waits = FOREVER,
  ) {
    this.patience = new Patience(waits);
    this.sla = sla;
    this.open = new OpenMinutes(isOpen);
    this.planned = planned;
    this.lastEntry = at;
    this.lastMove = at;
    if (planned === null) this.move('Open', at);
  }

  get inProgress(): boolean {
    return STEPS.includes(this.status) || this.status === 'Pending';
  }

  get due(): number | null {
    if (this.sla === 0 || this.published === null) return null;
    return this.open.after(this.published, this.sla * MINUTE + this.pausedOpen);
  }

  isOver(now: number): boolean {
    return this.isPast(this.due, now);
  }

  isSoon(now: number): boolean {
    const isPromised = this.status !== 'Closed' && !this.isOver(now);
    return isPromised && this.isPast(this.patience.soonAt(this.due), now);
  }

  private isPast(time: number | null, now: number): boolean {
    return time !== null && (this.closed ?? this.pausedAt ?? now) >= time;
  }

  timer(now: number): number | null {
    if (this.status === 'Draft') return this.planned;
    if (this.status === 'Pending') return this.deadline;
    if (this.status === 'Closed') return null;
    const soon = this.isSoon(now) ? null : this.patience.soonAt(this.due);
    const promised = this.isOver(now) ? null : firstOf(soon, this.due);
    return firstOf(promised, this.patience.next(this, now), this.patience.release(this));
  }

  /** The command that the clock has for it at `now`. */
  dueName(now: number): CommandName {
    if (this.status === 'Draft') return 'publish';
    if (this.status === 'Pending') return 'resume';
    if ((this.patience.release(this) ?? Infinity) <= now) return 'release';
    return this.isOver(now) && !this.isOver(this.seen) ? 'breach' : 'warn';
  }

  private timerOf(name: CommandName): number | null {
    return name === 'release' ? this.patience.release(this) : this.timer(this.seen);
  }

  sees(who: Who): boolean {
    if (who.role === 'system' || who.role === 'SuperAdmin') return true;
    if (who.role === 'NOC') return who.region === this.region;
    if (who.id === this.holder) return true;
    if (who.region !== this.region) return false;
    return this.status === 'Open' || (who.role === 'FOCSupervisor' && this.inProgress);
  }

  judge({ name, foc, approved, evidenceId }: ModelCommand, who: Who, now: number): Verdict {
    const isCrew = who.role === 'FOC' || who.role === 'FOCSupervisor';
    const isHolder = isCrew && who.id === this.holder;
    const mayAll = ALLOWED[who.role]?.includes(name);
    const crewMay =
      isCrew &&
      !['publish', 'closeByIncident', 'validate', 'breach', 'warn', 'release'].includes(name);
    if (!mayAll && !(crewMay && (name !== 'assign' || who.role === 'FOCSupervisor'))) {
      return 'ticket/forbidden';
    }
    if (name === 'accept' && isCrew) {
      if (who.region !== this.region || this.status === 'Draft') return 'ticket/not-found';
      if (this.status === 'Closed') return 'ticket/not-open';
      return this.status === 'Open' ? 'ok' : 'ticket/already-accepted';
    }
    if (!this.sees(who)) return 'ticket/not-found';
    if (name === 'note' && (isHolder || who.role !== 'FOC')) return 'ok';
    if (isCrew && !isHolder && name !== 'assign') return 'ticket/not-yours';
    if (this.status === 'Closed') return 'ticket/closed';
    if (this.waiting) {
      const passes =
        name === 'validate' ||
        name === 'assign' ||
        name === 'closeByIncident' ||
        (!isCrew && (name === 'pending' || name === 'cancel')) ||
        (who.role === 'system' && name !== 'publish' && name !== 'release');
      if (!passes) return 'ticket/awaiting-validation';
    }
    if (NEEDS[name] && !NEEDS[name].includes(this.status)) return 'ticket/wrong-status';
    if (name === 'finishing' && this.task !== 'LinkChecking') return 'ticket/link-check-needed';
    if (who.role === 'system') {
      const timer = this.timerOf(name);
      return timer !== null && timer <= Math.max(now, this.lastEntry) ? 'ok' : 'ticket/not-due';
    }
    if (name === 'assign') {
      if (!foc?.role.startsWith('FOC') || foc.region !== this.region) {
        return 'ticket/assignee-invalid';
      }
      return foc.id === this.holder ? 'ticket/already-assigned' : 'ok';
    }
    if (name !== 'validate') return 'ok';
    if (evidenceId && evidenceId === this.waiting?.id) {
      return approved && this.waiting.name === 'reassign' ? 'ticket/assign-to-approve' : 'ok';
    }
    return this.settled.has(evidenceId ?? '') ? 'evidence/settled' : 'evidence/not-found';
  }

  /** When the SLA was last judged: it decides which timer the ticket carries. */
  seen = 0;

  private endPause(at: number): void {
    if (this.pausedAt === null) return;
    this.paused += at - this.pausedAt;
    this.pausedOpen += this.open.between(this.pausedAt, at);
    this.pausedAt = null;
    this.status = this.back;
  }

  private move(status: string, at: number, minutes = 0, agreed = at): void {
    const before = this.status;
    this.endPause(at);
    this.lastMove = at;
    this.status = status;
    if (status === 'Open') this.published ??= at;
    if (status === 'OnTheWay') this.departed = at;
    if (status === 'CheckedIn') {
      this.arrived = at;
      this.pausedAtArrival = this.paused;
    }
    if (status === 'OnGoing') this.started ??= at;
    if (status === 'Closed') this.closed = at;
    if (status === 'Pending') {
      this.back = before;
      this.pausedAt = at;
      this.deadline = agreed + minutes * MINUTE;
    }
  }

  private hand(id: string, at: number): void {
    this.move('Accepted', at);
    this.holder = id;
    this.accepted = at;
    this.firstAccepted ??= at;
    this.departed = this.arrived = this.started = this.task = null;
  }

  private effect(name: CommandName, at: number, minutes: number, agreed: number): void {
    if (name === 'checkedIn') this.move('CheckedIn', at);
    if (name === 'linkChecking') {
      this.lastMove = at;
      this.task = 'LinkChecking';
    }
    if (name === 'pending') this.move('Pending', at, minutes, agreed);
    if (name === 'finishing') {
      this.move('Closed', at);
      this.task = 'Finishing';
      this.resolution = 'Finished';
    }
    if (name === 'cancel') {
      this.move('Closed', at);
      this.resolution = 'Canceled';
    }
    if (name === 'closeByIncident') {
      this.move('Closed', at);
      this.resolution = 'Finished';
    }
  }

  private answer(approved: boolean, now: number): void {
    if (!this.waiting) return;
    const { id, name, at, minutes } = this.waiting;
    this.settled.add(id);
    this.waiting = null;
    if (!approved) this.patience.lastRefusal = now;
    else this.effect(name, Math.max(at, this.lastMove), minutes, now);
  }

  /** Does what `judge` allows. `id` is the evidence that the command leaves. */
  act(command: ModelCommand, who: Who, moment: number, id: string): void {
    const { name, foc, minutes = 0 } = command;
    const now = Math.max(moment, this.lastEntry);
    const timer = this.timerOf(name) ?? now;
    const isLate = who.role === 'system' || (name === 'resume' && timer < now);
    const at = isLate ? Math.max(timer, this.lastEntry) : now;
    this.seen = now;
    if (name === 'breach' || name === 'warn') return;
    this.lastEntry = at;
    if (name === 'note') return;
    const task = PLAIN[name];
    const isAsked = 'id' in who && who.role.startsWith('FOC');
    if (name === 'validate') this.answer(command.approved === true, at);
    else if (name === 'publish') this.move('Open', at);
    else if (name === 'release') {
      this.move('Open', at);
      this.holder = this.accepted = null;
    } else if (name === 'accept' && 'id' in who) this.hand(who.id, at);
    else if (name === 'assign' && foc) {
      if (this.waiting) this.settled.add(this.waiting.id);
      if (this.holder && this.waiting?.name !== 'reassign') this.settled.add(id);
      this.waiting = null;
      this.hand(foc.id, at);
    } else if (name === 'onTheWay') this.move('OnTheWay', at);
    else if (name === 'resume') {
      if (this.back === 'CheckedIn') this.settled.add(id);
      this.endPause(at);
      this.lastMove = at;
    } else if (task) {
      this.move('OnGoing', at);
      this.task = task;
    } else if (isAsked) this.waiting = { id, name, at, minutes };
    else {
      this.answer(false, at);
      this.settled.add(id);
      this.effect(name, at, minutes, at);
    }
  }
}
