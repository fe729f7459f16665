import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import {
  type Decide,
  noInput,
  none,
  type Sample,
  type Situation,
} from '../../../kernel/http/endpoint.ts';
import { ATTACH_REFUSALS } from '../../../kernel/media/attach.ts';
import { mediaKeys } from '../../../kernel/media/paths.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { DocKey } from '../../../kernel/store/document.ts';
import { byId } from '../../../kernel/store/ids.ts';
import type {
  BareCommand,
  Command,
  Decision,
  Evidence,
  EvidenceCommand,
} from '../domain/command.ts';
import { type CommandName, MOVES, refusalsOf, rolesOf } from '../domain/moves.ts';
import { cgs, noData, problemOf } from '../desk.ts';
import { type Evident, photosIn, takePhoto, takesPhoto } from '../evidence-photo.ts';
import { tickets } from './collection.ts';
import type { Person, Ticket } from '../domain/schemas.ts';
import { decide } from '../domain/ticket.ts';

/** Decides a command on a ticket, as of the situation. */
export const decideNow = (
  command: Command,
  ticket: Ticket,
  { actor, now }: Situation<Person>,
): Decision => decide(command, ticket, actor, { now, newId: randomUUID() });

/** Decides a command on a ticket and turns the decision into the plan of a change. */
export const decided =
  <T>(
    id: string,
    command: (situation: Situation<Person>) => Command,
    answer: (after: Ticket) => T,
    photo?: Evident,
  ): Decide<Situation<Person>, T> =>
  (situation) => {
    const seen = situation.reads.get(tickets.doc(id));
    if (seen === undefined) return cgs.refuse('ticket/not-found');
    const decision = decideNow(command(situation), seen.data, situation);
    if (!decision.ok) return problemOf(decision);
    const taken = photo ? takePhoto(seen.key.path, photo, situation) : [];
    if (taken instanceof Problem) return taken;
    return {
      writes: [tickets.update(seen, decision.patch), ...taken],
      answer: answer({ ...seen.data, ...decision.patch }),
    };
  };

interface Spec {
  /** Under `/tickets/:id`. */
  readonly path: string;
  readonly summary: string;
  readonly contract: string;
  readonly sample: Sample;
}

/** How a body becomes a command, for one ticket or for several. */
export interface Order<B> {
  readonly body: z.ZodType<B>;
  /** Further documents that the command depends on; each costs one read. */
  readonly loads?: (body: B) => readonly DocKey<unknown>[];
  readonly command: (body: B, situation: Situation<Person>) => Command;
}

/** An endpoint that gives a ticket one command; 201 with empty data. */
export const ticketCommand = <B>(name: CommandName, spec: Spec & Order<B>) =>
  cgs.endpoint({
    method: 'post',
    path: `/tickets/:id/${spec.path}`,
    summary: spec.summary,
    contract: spec.contract,
    roles: rolesOf(name),
    refusals: [...refusalsOf(name), ...(takesPhoto(spec.body) ? ATTACH_REFUSALS : [])],
    input: { ...noInput, params: byId, body: spec.body },
    status: 201,
    returns: 'no data',
    output: noData,
    cost: { reads: spec.loads === undefined ? 2 : 3, writes: 1 },
    sample: spec.sample,
    loads: ({ params, body }) => [
      tickets.doc(params.id),
      ...(spec.loads?.(body) ?? []),
      ...mediaKeys(photosIn(body)),
    ],
    handle: ({ input: { params, body }, runtime, change }) =>
      change({
        decide: decided(
          params.id,
          (situation) => spec.command(body, situation),
          () => ({}),
          { named: photosIn(body), hosts: runtime.config.mediaHosts },
        ),
      }),
  });

/** A command that depends on the ticket alone. */
export const bareOrder = (name: BareCommand) => ({ body: none, command: () => ({ name }) });

/** The same for a command that depends on the ticket alone. */
export const bareCommand = (name: BareCommand, spec: Spec) =>
  ticketCommand(name, { ...spec, ...bareOrder(name) });

/** The same for a command whose row names a body with evidence. */
export const evidenceCommand = (name: EvidenceCommand, spec: Spec) =>
  ticketCommand<Evidence>(name, {
    ...spec,
    body: MOVES[name].body,
    command: (body) => ({ name, ...body }),
  });
