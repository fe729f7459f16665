import type { z } from 'zod';
import type * as kernel from '../../../kernel/decision.ts';
import type { CommandName, MOVES } from './moves.ts';
import type { Notice } from './notices.ts';
import type { CancelBody, PendingBody, Person, Ticket } from './schemas.ts';
import type { Refusal } from './vocabulary.ts';

/** Who acts: a person, or the clock. */
export type Actor = Person | { readonly role: 'system' };
export type ActorRole = Actor['role'];

/** When a command is given, and a fresh UUID for what it may create. */
export type Moment = { readonly now: Date; readonly newId: string };

/** What someone sends along: a word, a photo, a place. */
export type Evidence = {
  readonly remark?: string | null;
  readonly mediaUrl?: string | null;
  readonly locationCoordinate?: string | null;
};

type Categories = { readonly categories: readonly string[] };

/** Commands that depend on more than the ticket and what is sent along. */
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
      readonly name: 'validate';
      readonly evidenceId: string;
      readonly approved: boolean;
      readonly approvalRemark?: string | null;
    };

type Moves = typeof MOVES;

/** The commands whose row names the body that is sent along. */
export type EvidenceCommand = {
  [Name in CommandName]: Moves[Name] extends { readonly body: z.ZodType<Evidence> } ? Name : never;
}[CommandName];

/** The commands that depend on the ticket alone. */
export type BareCommand = Exclude<CommandName, EvidenceCommand | OtherCommand['name']>;

/** Everything that can be asked of a ticket, with all that the answer depends on. */
export type Command =
  | { readonly name: BareCommand }
  | ({ readonly name: EvidenceCommand } & Evidence)
  | OtherCommand;

/** The command of one name. */
export type Given<Name extends OtherCommand['name']> = Extract<OtherCommand, { name: Name }>;

/** A no, with what the caller needs to know beyond the refusal's own message. */
export type Refused = kernel.Refused<Refusal>;

/** A refusal, or the whole write. */
export type Decision = kernel.Decision<{ patch: Partial<Ticket>; notices: Notice[] }, Refusal>;
