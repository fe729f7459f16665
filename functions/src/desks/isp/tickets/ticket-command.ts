import type { Decide, Situation } from '../../../kernel/http/endpoint.ts';
import type { DocKey, Loaded, Write } from '../../../kernel/store/document.ts';
import { Problem } from '../../../kernel/problem.ts';
import { problemOf } from '../desk.ts';
import { subscribers, threads, tickets } from '../records.ts';
import type { Subscriber, Ticket } from '../domain/schemas.ts';
import { type Command, type Decided, decide, type Named, type Staff } from '../domain/ticket.ts';

/** The subscriber that a request names, to be fetched with the ticket. */
export const namedKeys = (id: number | null | undefined): DocKey<Subscriber>[] =>
  id == null ? [] : [subscribers.doc(String(id))];

export const namedIn = ({ reads }: Situation<Staff>, id: number | null | undefined): Named => {
  const [key] = namedKeys(id);
  return key === undefined ? undefined : reads.get(key)?.data;
};

/** Keeps the named subscriber from being deleted at the same moment. */
export const touchNamed = (id: number | null | undefined, now: Date): Write[] =>
  namedKeys(id).map(({ path }) => ({ op: 'touch', path, data: { referencedAt: now } }));

/** A ticket's thread begins: from now on it takes replies. */
export const beginThread = (ticketId: number): Write =>
  threads.create(String(ticketId), { ticketId });

const threadWrites = (takesReplies: boolean | null, { id }: Ticket): Write[] => {
  if (takesReplies === null) return [];
  return [takesReplies ? beginThread(id) : { op: 'delete', path: threads.doc(String(id)).path }];
};

/** What the pure core makes of a command, beside the ticket as it was seen. */
type Outcome = { readonly decision: Decided; readonly seen: Loaded<Ticket> };

/** Asks the pure core what a command comes to. */
export const outcomeFor = (
  id: string,
  command: Command,
  { reads, actor, now }: Situation<Staff>,
): Outcome | Problem => {
  const seen = reads.get(tickets.doc(id));
  const decision = decide(command, seen?.data, actor, now);
  if (!decision.ok) return problemOf(decision);
  if (seen === undefined) throw new Error(`ticket ${id} was decided on but not there`);
  return { decision, seen };
};

/** The writes that follow from a decision beside the endpoint's own: its thread opens or closes. */
export const withThread = (
  { decision: { takesReplies }, seen }: Outcome,
  own: readonly Write[],
): readonly Write[] => [...own, ...threadWrites(takesReplies, seen.data)];

/** The plan of a command on a ticket, made from what the pure core decides. */
export const decided =
  <T>(
    id: string,
    command: (situation: Situation<Staff>) => Command,
    answer: T,
    writes: (outcome: Outcome, situation: Situation<Staff>) => readonly Write[],
  ): Decide<Situation<Staff>, T> =>
  (situation) => {
    const outcome = outcomeFor(id, command(situation), situation);
    if (outcome instanceof Problem) return outcome;
    return { writes: withThread(outcome, writes(outcome, situation)), answer };
  };

/** The ticket's own part of a decision, on the condition that it has not moved. */
export const ticketWrite = ({ decision: { patch }, seen }: Outcome): Write =>
  patch === 'delete' ? tickets.remove(seen) : tickets.update(seen, patch);
