/** Hours. */
const IDLE = 12;
const LONGEST = 7 * 24;
const MOST = 20;

/** What the API answers with. The rules allow what it answers with 200. */
export type Answer = 200 | 401 | 403;

/** About oneself, for officers of cgs, and for people of community. */
export const QUESTIONS = ['me', 'counts', 'categories'] as const;
export type Question = (typeof QUESTIONS)[number];

export type Role = 'FOC' | 'NOC';

export interface Person {
  readonly uid: string;
  readonly email: string;
  password: string;
  /** Neither deactivated nor deleted. */
  isActive: boolean;
  /** At cgs; undefined without access to it. */
  role: Role | undefined;
  isOfCommunity: boolean;
}

export interface Session {
  readonly person: Person;
  readonly openedAt: number;
  usedAt: number;
  endsAt: number;
}

const mayAsk = ({ role, isOfCommunity }: Person, question: Question): boolean => {
  if (question === 'categories') return isOfCommunity;
  return question === 'counts' ? role === 'NOC' : role !== undefined;
};

/** What docs/decisions/sessions.md promises, in hours and without the product's code. */
export class SessionModel {
  /** Hours since the start. */
  private now = 0;
  /** The oldest first. */
  private readonly sessions: Session[] = [];

  isOpen({ person, endsAt }: Session): boolean {
    return person.isActive && this.now < endsAt;
  }

  answer(session: Session, question: Question): Answer {
    if (!this.isOpen(session)) return 401;
    return mayAsk(session.person, question) ? 200 : 403;
  }

  /** Whether an answer of 200 makes the session live longer. */
  isExtendedByUse({ usedAt }: Session): boolean {
    return usedAt < this.now;
  }

  /** A login, in a browser that had this session before. */
  open(person: Person, previous: Session | undefined): Session {
    if (previous !== undefined) this.end(previous);
    const others = this.sessions.filter((each) => each.person === person && this.isOpen(each));
    const [oldest] = others;
    if (oldest !== undefined && others.length >= MOST) this.end(oldest);
    const session = { person, openedAt: this.now, usedAt: this.now, endsAt: this.now + IDLE };
    this.sessions.push(session);
    return session;
  }

  use(session: Session): void {
    session.usedAt = this.now;
    session.endsAt = Math.min(this.now + IDLE, session.openedAt + LONGEST);
  }

  end(session: Session): void {
    session.endsAt = Math.min(session.endsAt, this.now);
  }

  endAll(person: Person): void {
    for (const session of this.sessions) if (session.person === person) this.end(session);
  }

  pass(hours: number): void {
    this.now += hours;
  }
}
