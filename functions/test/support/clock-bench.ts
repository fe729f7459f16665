import { randomUUID } from 'node:crypto';
import { tickets } from '../../src/desks/cgs/tickets/collection.ts';
import type { Ticket } from '../../src/desks/cgs/domain/schemas.ts';
import { type Actor, type Command, decide } from '../../src/desks/cgs/domain/ticket.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { change } from '../../src/kernel/store/change.ts';
import { writesDirectly } from './written-data.ts';

const TOGETHER = 400;

/** Writes copies of a ticket under ids of their own; returns the ids. */
export const putTickets = async (
  { store }: Runtime,
  ...made: readonly Ticket[]
): Promise<string[]> => {
  const ids = made.map(() => randomUUID());
  const writes = made.map((ticket, n) => {
    const documentId = ids[n] ?? '';
    writesDirectly(tickets.doc(documentId).path);
    return tickets.create(documentId, { ...ticket, documentId });
  });
  for (let n = 0; n < writes.length; n += TOGETHER) {
    await store.commit(writes.slice(n, n + TOGETHER));
  }
  return ids;
};

/** The tickets as they are stored. */
export const readTickets = async (
  { store }: Runtime,
  ids: readonly string[],
): Promise<Ticket[]> => {
  const reads = await store.load(ids.map(tickets.doc));
  return ids.map((id) => {
    const seen = reads.get(tickets.doc(id));
    if (seen === undefined) throw new Error(`there is no ticket ${id}`);
    return seen.data;
  });
};

/** Gives a ticket a command, as an endpoint does; returns the refusal, or `ok`. */
export const giveCommand = async (
  { store, groups, now }: Runtime,
  id: string,
  command: Command,
  actor: Actor,
): Promise<string> => {
  const key = tickets.doc(id);
  const outcome = await change<'ok', string>(store, groups, {
    changeId: randomUUID(),
    read: (more) => store.load([key, ...more]),
    decide: ({ reads }) => {
      const seen = reads.get(key);
      if (seen === undefined) return { kind: 'stop', value: 'gone' };
      const decision = decide(command, seen.data, actor, { now: now(), newId: randomUUID() });
      if (!decision.ok) return { kind: 'stop', value: decision.refusal };
      const writes = [tickets.update(seen, decision.patch)];
      return { kind: 'write', plan: { writes, answer: 'ok' } };
    },
  });
  return 'answer' in outcome ? outcome.answer : outcome.stopped;
};
