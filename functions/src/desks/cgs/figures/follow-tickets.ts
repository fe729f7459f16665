import { isDeepStrictEqual } from 'node:util';
import type { Runtime } from '../../../kernel/runtime.ts';
import type { Loaded, Reads, Write } from '../../../kernel/store/document.ts';
import type { Store } from '../../../kernel/store/store.ts';
import type { Trigger } from '../../../kernel/store/trigger.ts';
import { passingOverUnreadable } from '../../../kernel/store/unreadable.ts';
import { updateGathering } from '../../../kernel/store/update.ts';
import { tickets } from '../tickets/collection.ts';
import { type Counted, shares, occurrences } from './collections.ts';
import { countedOf, isRepeat, moves, setRepeat, occurrenceOf } from './places.ts';
import { repeatsAmong, type Occurrences } from './repeats.ts';

/** What becomes of the list of a client's tickets. */
interface OccurrenceChange {
  readonly client: string;
  readonly seen: Loaded<{ readonly tickets: Occurrences }> | undefined;
  readonly after: Occurrences;
  /** The other tickets that are repeats now and were none, or the other way round. */
  readonly turned: readonly string[];
}

/** The list with a ticket that was created then, or without it. */
const occurrenceChange = (
  reads: Reads,
  id: string,
  { client, at }: { readonly client: string; readonly at: Date | undefined },
): OccurrenceChange => {
  const seen = reads.get(occurrences.doc(client));
  const { [id]: _, ...others } = seen?.data.tickets ?? {};
  const after = at === undefined ? others : { ...others, [id]: at };
  const [had, has] = [repeatsAmong(seen?.data.tickets ?? {}), repeatsAmong(after)];
  const turned = Object.keys(others).filter((other) => had.has(other) !== has.has(other));
  return { client, seen, after, turned };
};

const occurrenceWrite = ({ client, seen, after }: OccurrenceChange): Write => {
  const isLast = Object.keys(after).length === 0;
  return seen !== undefined && isLast
    ? occurrences.remove(seen)
    : occurrences.put(client, seen, { tickets: after });
};

/** The writes that count a ticket in another way than before; none if nothing differs. */
const recount = (id: string, had: Loaded<Counted> | undefined, next: Counted | undefined) => {
  const moved = moves(had?.data, next);
  if (had === undefined) return next === undefined ? [] : [shares.create(id, next), ...moved];
  if (next === undefined) return [shares.remove(had), ...moved];
  return isDeepStrictEqual(had.data, next) ? [] : [shares.update(had, next), ...moved];
};

/** Counts the tickets of a client anew whose neighbour has come or gone. */
const recountTurned = ({ turned, after }: OccurrenceChange, reads: Reads): Write[] => {
  const repeats = repeatsAmong(after);
  return turned.flatMap((id) => {
    const had = reads.get(shares.doc(id));
    return had === undefined ? [] : recount(id, had, setRepeat(had.data, repeats.has(id)));
  });
};

/**
 * Counts a ticket as it is now, and the repeats around it. Shares, sums and the client's list are
 * written in one commit, so a delivery that is repeated, late or out of order changes nothing. Resolves
 * to whether anything was written.
 */
const followOnce = (store: Store, runtime: Runtime, id: string): Promise<boolean> => {
  const { timeZone } = runtime.config;
  const [ticketKey, shareKey] = [tickets.doc(id), shares.doc(id)];
  return updateGathering(store, runtime, {
    keys: [ticketKey, shareKey],
    gather: async (reads) => {
      const ticket = reads.get(ticketKey)?.data;
      const had = reads.get(shareKey)?.data.occurrence ?? null;
      const has = ticket === undefined ? null : occurrenceOf(ticket);
      if (isDeepStrictEqual(had, has)) return { changes: [], others: reads };
      const left = had === null || had.client === has?.client ? [] : [{ ...had, at: undefined }];
      const changed = [...left, ...(has === null ? [] : [has])];
      const keys = changed.map(({ client }) => occurrences.doc(client));
      const found = await store.load(keys, reads);
      const changes = changed.map((occurrence) => occurrenceChange(found, id, occurrence));
      const turned = changes.flatMap((change) => change.turned);
      return { changes, others: await store.load(turned.map(shares.doc), found) };
    },
    decide: ({ reads, gathered: { changes, others } }) => {
      const ticket = reads.get(ticketKey)?.data;
      const had = reads.get(shareKey);
      const asRepeat =
        changes.length === 0
          ? had !== undefined && isRepeat(had.data)
          : changes.some(({ after }) => repeatsAmong(after).has(id));
      return [
        ...recount(id, had, ticket && countedOf(ticket, asRepeat, timeZone)),
        ...changes.map(occurrenceWrite),
        ...changes.flatMap((change) => recountTurned(change, others)),
      ];
    },
  });
};

const MOST_PASSES = 5;

/**
 * Updates the figures to a ticket's present state, or takes out one that is gone. After a write it
 * looks again: somebody else may have seen a newer ticket meanwhile, and nothing to do for it.
 */
export const follow = async (runtime: Runtime, id: string): Promise<void> => {
  const store = runtime.store.metered();
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    if (!(await followOnce(store, runtime, id))) return;
  }
};

/** Updates the figures after each write of a ticket. */
export const followTickets: Trigger = {
  name: 'cgsFigures',
  document: `${tickets.name}/{id}`,
  handle: (runtime, { id }) => passingOverUnreadable(runtime, () => follow(runtime, id)),
};
