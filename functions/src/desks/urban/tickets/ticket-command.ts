import type { z } from 'zod';
import type { Decide, Situation } from '../../../kernel/http/endpoint.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { problemOf, urban } from '../desk.ts';
import { tickets } from '../records.ts';
import type { Ticket } from '../domain/schemas.ts';
import { type Caller, type Command, decide } from '../domain/ticket.ts';
import { type ticketWireSchema, toWire } from '../wire.ts';

/**
 * Decides a command on a ticket and makes the outcome the plan of a change.
 *
 * @param check what else the request must not do to the ticket, once the command is allowed
 */
export const decided =
  (
    id: string,
    command: (situation: Situation<Caller>) => Command,
    check: (ticket: Ticket) => Problem | undefined = () => undefined,
  ): Decide<Situation<Caller>, z.input<typeof ticketWireSchema>> =>
  (situation) => {
    const seen = situation.reads.get(tickets.doc(id));
    if (seen === undefined) return urban.refuse('ticket/not-found');
    const decision = decide(command(situation), seen.data, situation.actor, situation.now);
    if (!decision.ok) return problemOf(decision);
    const objection = check(seen.data);
    if (objection !== undefined) return objection;
    const { patch } = decision;
    return { writes: [tickets.update(seen, patch)], answer: toWire({ ...seen.data, ...patch }) };
  };
