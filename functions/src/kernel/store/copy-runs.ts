import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Runtime } from '../runtime.ts';
import { collection } from './collection.ts';
import { type Sweep, sweepOf } from './sweep.ts';
import type { Trigger } from './trigger.ts';
import { update } from './update.ts';

/** `copyRuns/{trigger}-{source}`: a source that has changed and is copied once more. */
export const copyRuns = collection(
  'copyRuns',
  z.object({
    trigger: z.string(),
    /** The id of the source. */
    source: z.string(),
    /** The source's data before and after its latest changes: what a copy may hold. */
    past: z.array(z.unknown()),
    dueAt: z.date(),
  }),
  {
    unindexed: ['past'],
    queries: { due: { equal: ['trigger'], range: 'dueAt', orderBy: 'dueAt' } },
  },
);

/** A trigger that copies, and what it copies of a source without an event. */
export interface CopyTrigger extends Trigger {
  readonly repeat: (runtime: Runtime, source: string, past: readonly unknown[]) => Promise<void>;
}

/** Longer than a request can be under way: what it read before the change is committed by then. */
const LONGEST_REQUEST_MS = 90_000;
const MOST_PAST = 20;

/** Plans the second copying of a source; a further change puts it off, and adds what it was. */
export const planCopyRun = async (
  runtime: Runtime,
  trigger: string,
  source: string,
  versions: readonly unknown[],
): Promise<void> => {
  const key = copyRuns.doc(`${trigger}-${source}`);
  await update(runtime.store.metered(), runtime, {
    keys: [key],
    decide: ({ reads }) => {
      const seen = reads.get(key);
      const known = seen?.data.past ?? [];
      const fresh = versions.filter((each) => !known.some((it) => isDeepStrictEqual(it, each)));
      const past = [...known, ...fresh].slice(-MOST_PAST);
      const dueAt = new Date(runtime.now().getTime() + LONGEST_REQUEST_MS);
      return [copyRuns.put(key.id, seen, { trigger, source, past, dueAt })];
    },
  });
};

/**
 * Copies changed sources once more: a request that was under way when a source changed may have
 * written what it was before, after the trigger had passed.
 */
export const sweepCopies = (triggers: readonly CopyTrigger[]): Sweep =>
  sweepOf({
    name: 'copies',
    collection: copyRuns,
    plan: async (_, runtime) => ({
      due: (now) => ({
        anyOf: triggers.map(({ name }) => copyRuns.queries.due.where({ trigger: name })),
        range: { to: now },
      }),
      decide: async (seen, now) => {
        const { trigger, source, past, dueAt } = seen.data;
        if (dueAt > now) return [];
        await triggers.find(({ name }) => name === trigger)?.repeat(runtime, source, past);
        return [copyRuns.remove(seen)];
      },
    }),
  });
