import type { z } from 'zod';
import type * as kernel from '../../../kernel/decision.ts';
import type { CommandName, MOVES } from './moves.ts';
import type { CancelBody, PendingBody, Person, Ticket } from './schemas.ts';
import type { Refusal } from './vocabulary.ts';

/** Who gives a command: a person, or the clock. */
export type Actor = Person | { readonly role: 'system' };
export type ActorRole = Actor['role'];

/** When a command is given, and a new UUID for what it may create. */
export type Moment = { readonly now: Date; readonly newId: string };

/** The evidence in a request's body: a remark, a photo, a place. */
export type Evidence = {
  readonly remark?: string | null;
  readonly mediaUrl?: string | null;
  readonly locationCoordinate?: string | null;
};

type Categories = { readonly categories: readonly string[] };

/** Commands that depend on more than the ticket and its evidence. */
type OtherCommand =
  | {
      readonly name: 'assign';
      /** Null when nobody of that id is active at this desk. */
      readonly foc: Person | null;
      readonly remark?: string | null;
    }
  | ({ readonly name: 'pending' } & PendingBody & Categories)
  | ({ readonly name: 'cancel' } & CancelBody & Categories)
  | {
      readonly name: 'closeByIncident';
      /** Its number, such as INC-202611-0001, and how the fault was repaired. */
      readonly incidentId: string;
      readonly remark: string;
    }
  | {
      readonly name: 'validate';
      readonly evidenceId: string;
      readonly approved: boolean;
      readonly approvalRemark?: string | null;
    };

type Moves = typeof MOVES;

/** The commands whose row names a body with evidence. */
export type EvidenceCommand = {
  [Name in CommandName]: Moves[Name] extends { readonly body: z.ZodType<Evidence> } ? Name : never;
}[CommandName];

/** The commands that depend on the ticket alone. */
export type BareCommand = Exclude<CommandName, EvidenceCommand | OtherCommand['name']>;

/** Every command on a ticket, with everything that its decision depends on. */
export type Command =
  | { readonly name: BareCommand }
  | ({ readonly name: EvidenceCommand } & Evidence)
  | OtherCommand;

/** The command of one name. */
export type Given<Name extends OtherCommand['name']> = Extract<OtherCommand, { name: Name }>;

/** A refusal, with what the caller needs to know beyond its own message. */
export type Refused = kernel.Refused<Refusal>;

/** A refusal, or the whole write. */
export type Decision = kernel.Decision<{ patch: Partial<Ticket> }, Refusal>;
