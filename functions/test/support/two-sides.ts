import { randomUUID } from 'node:crypto';
import { tickets } from '../../src/desks/cgs/tickets/collection.ts';
import { type Command, decide } from '../../src/desks/cgs/domain/ticket.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { change } from '../../src/kernel/store/change.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at, codeOf, listAt, type Received, textAt } from './client.ts';
import { startApi } from './harness.ts';
import { createLineUp, hookedStore } from './hooked-store.ts';

/** The answer to one side of a race: `201`, or `409 ticket/closed`. */
export const outcomeOf = (answer: Received): string =>
  answer.status < 300 ? String(answer.status) : `${answer.status} ${String(codeOf(answer))}`;

/** A ticket's log in short: `?` is a request that waits, `+` and `-` are the decisions on it. */
export const trace = (ticket: unknown): string =>
  listAt(ticket, 'ticketLogs')
    .map((card) => {
      const approved = at(card, 'isApproved');
      const isAnswer = at(card, 'cardType') === 'RequestValidationDone';
      const mark = isAnswer ? (approved === true ? '+' : '-') : approved === null ? '?' : '';
      return `${textAt(card, 'statusName')}${mark}`;
    })
    .join(' ');

/** The clock's command on one ticket, as its sweep gives it. */
export const byClock = async (runtime: Runtime, id: string, command: Command): Promise<string> => {
  const key = tickets.doc(id);
  const store = runtime.store.metered();
  const outcome = await change<'done', string>(store, runtime.groups, {
    changeId: randomUUID(),
    read: (more) => store.load([key, ...more]),
    decide: ({ reads }) => {
      const seen = reads.get(key);
      if (seen === undefined) return { kind: 'stop', value: 'gone' };
      const moment = { now: runtime.now(), newId: randomUUID() };
      const decision = decide(command, seen.data, { role: 'system' }, moment);
      if (!decision.ok) return { kind: 'stop', value: decision.refusal };
      const writes = [tickets.update(seen, decision.patch)];
      return { kind: 'write', plan: { writes, answer: 'done' } };
    },
  });
  return 'answer' in outcome ? outcome.answer : outcome.stopped;
};

/** Where one side of a race runs: an instance of the API of its own. */
export interface Side {
  readonly world: CgsWorld;
  readonly runtime: Runtime;
}

export type Act = (side: Side) => Promise<string>;

export interface Sides {
  /** Both act without waiting for each other. */
  readonly free: (acts: readonly [Act, Act]) => Promise<readonly [string, string]>;
  /** Both decide on the same version of a document; the first one commits first. */
  readonly ordered: (acts: readonly [Act, Act]) => Promise<readonly [string, string]>;
  readonly stop: () => Promise<void>;
}

type LineUp = ReturnType<typeof createLineUp>;

/** Two instances of the API, and what a test needs for a race between them. */
export const startSides = async (parts: Partial<Runtime> = {}): Promise<Sides> => {
  let lineUp: LineUp | undefined;
  const plain = await startApi(parts);
  const start = async (order: number) => {
    const store = hookedStore(plain.runtime.store, {
      commit: (writes, go) => (lineUp === undefined ? go() : lineUp.hook(order)(writes, go)),
    });
    const api = await startApi({ ...parts, store });
    return { world: cgsWorld(api), runtime: api.runtime, stop: api.stop };
  };
  const [one, other] = await Promise.all([start(0), start(1)]);
  return {
    free: (acts) => Promise.all([acts[0](one), acts[1](other)]),
    ordered: async (acts) => {
      const both = createLineUp();
      lineUp = both;
      const outcomes = Promise.all([
        acts[0](one).finally(() => both.leave(0)),
        acts[1](other).finally(() => both.leave(1)),
      ]);
      await both.release();
      const ended = await outcomes;
      lineUp = undefined;
      return ended;
    },
    stop: async () => void (await Promise.all([plain.stop(), one.stop(), other.stop()])),
  };
};

/** An HTTP request as a side of a race. */
export const asking =
  (as: Member, method: string, path: string, body?: unknown): Act =>
  async ({ world }) =>
    outcomeOf(await world.call(method, path, { as, ...(body === undefined ? {} : { body }) }));
