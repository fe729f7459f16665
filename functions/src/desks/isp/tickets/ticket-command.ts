import type { Situation } from '../../../kernel/http/endpoint.ts';
import type { DocKey, Loaded, Write } from '../../../kernel/store/document.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { problemOf } from '../desk.ts';
import { subscribers, threads, tickets } from '../records.ts';
import type { Place, Subscriber, Ticket } from '../domain/schemas.ts';
import { findTicket, type Named, type Staff } from '../domain/ticket.ts';

/** The ticket of a request, or why its caller may not use it. */
export const ticketOf = (
  { reads, actor }: Situation<Staff>,
  id: string,
  place?: Place,
): Loaded<Ticket> | Problem => {
  const found = findTicket(reads.get(tickets.doc(id)), actor, place);
  return found.ok ? found.seen : problemOf(found);
};

/** The key of the subscriber that a request names, if it names one. */
export const namedKeys = (id: number | null | undefined): DocKey<Subscriber>[] =>
  id == null ? [] : [subscribers.doc(String(id))];

/** That subscriber, if there is one. */
export const namedIn = (
  { reads }: Pick<Situation<Staff>, 'reads'>,
  id: number | null | undefined,
): Named => {
  const [key] = namedKeys(id);
  return key === undefined ? undefined : reads.get(key)?.data;
};

/** Begins a ticket's thread: from now on it takes replies. */
export const beginThread = (ticketId: number): Write =>
  threads.create(String(ticketId), { ticketId });

/** Ends a ticket's thread: it takes no more replies. */
export const endThread = (ticketId: number): Write => ({
  op: 'delete',
  path: threads.doc(String(ticketId)).path,
});
