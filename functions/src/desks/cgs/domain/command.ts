import type { Notice } from './notices.ts';
import type {
  CancelBody,
  CheckedInBody,
  FinishingBody,
  PendingBody,
  Person,
  ReassignBody,
  TaskBody,
  Ticket,
} from './schemas.ts';
import type { Refusal } from './vocabulary.ts';

/** Who acts: a person, or the clock. */
export type Actor = Person | { readonly role: 'system' };
export type ActorRole = Actor['role'];

/** When a command is given, and a fresh UUID for what it may create. */
export type Moment = { readonly now: Date; readonly newId: string };

type Categories = { readonly categories: readonly string[] };

/** Everything that can be asked of a ticket, with all that the answer depends on. */
export type Command =
  | { readonly name: 'publish' | 'accept' | 'onTheWay' | 'resume' | 'breach' }
  | {
      readonly name: 'assign';
      /** Null when nobody of that id is active at this desk. */
      readonly foc: Person | null;
      readonly remark?: string | null;
    }
  | ({ readonly name: 'checkedIn' } & CheckedInBody)
  | ({ readonly name: 'finishing' } & FinishingBody)
  | ({
      readonly name: 'checking' | 'pullingCable' | 'jointing' | 'tidying' | 'linkChecking';
    } & TaskBody)
  | ({ readonly name: 'pending' } & PendingBody & Categories)
  | ({ readonly name: 'cancel' } & CancelBody & Categories)
  | ({ readonly name: 'reassign' } & ReassignBody)
  | {
      readonly name: 'validate';
      readonly evidenceId: string;
      readonly approved: boolean;
      readonly approvalRemark?: string | null;
    };

/** The command of one name. */
export type Given<Name extends Command['name']> = Extract<Command, { name: Name }>;

/** A no, with what the caller needs to know beyond the refusal's own message. */
export type Refused = {
  readonly ok: false;
  readonly refusal: Refusal;
  readonly details?: Record<string, unknown>;
};

/** A refusal, or the whole write. */
export type Decision =
  | { readonly ok: true; readonly patch: Partial<Ticket>; readonly notices: Notice[] }
  | Refused;

export const refuse = (refusal: Refusal, details?: Record<string, unknown>): Refused => ({
  ok: false,
  refusal,
  ...(details && { details }),
});
