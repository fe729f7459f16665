import type { Cost } from '../http/endpoint.ts';
import type { Stored } from './declaration.ts';
import type { KindOf } from './plan-record.ts';

/**
 * What the samples cost, by what the declaration says: a read for the caller, and one for each
 * record, reservation, reference, counter and search; a write for each document that is created,
 * changed or deleted.
 */
export const costsOf = <D extends Stored>(kind: KindOf<D>) => {
  const { ids, uniques, changeable, referring, usedBy = [], beside, samples } = kind;
  const references = referring.filter((field) => field in samples.body).length;
  const counted = ids.counter === undefined ? 0 : 1;
  const moved = uniques.filter((fields) => fields.some((field) => field in samples.patch)).length;
  const made = { reads: 1 + uniques.length, writes: 1 + uniques.length };
  const create = {
    reads: made.reads + references + counted + (beside?.keys.length ?? 0),
    writes: made.writes + counted,
  };
  return {
    create,
    // A changed value deletes one reservation and creates another.
    update: { reads: 2 + changeable.length, writes: 1 + 2 * moved },
    // The record moves to the archive.
    remove: { reads: 2 + usedBy.length, writes: made.writes + 1 },
    import: made,
    ...samples.costs,
  } satisfies Readonly<Record<string, Cost>>;
};
