import { createHash } from 'node:crypto';
import { z } from 'zod';
import { collection } from './collection.ts';
import { type DocKey, type Reads, type Write } from './document.ts';

/**
 * `uniques/{hash}`: a claim, which names the one document that has a unique value. It is created in
 * the same commit as that document, so two documents can't both get the value.
 */
const claimSchema = z.object({ holder: z.string() });

type Claim = z.output<typeof claimSchema>;

export const claims = collection('uniques', claimSchema);

/** A value in its scope: `['areas', 'name', 'West', 'BANDUNG']`. Letter case is ignored. */
export type UniqueValue = readonly string[];

export const claimOf = (value: UniqueValue): DocKey<Claim> =>
  claims.doc(createHash('sha256').update(JSON.stringify(value).toLowerCase()).digest('hex'));

/** Whether another document than `holder` has the value. Its claim must have been read. */
export const isTaken = (reads: Reads, value: UniqueValue, holder: string): boolean => {
  const claim = reads.get(claimOf(value));
  return claim !== undefined && claim.data.holder !== holder;
};

/** The writes that release the values that a document had and claim those that it gets. */
export const claimWrites = (
  reads: Reads,
  holder: string,
  had: readonly UniqueValue[],
  wants: readonly UniqueValue[],
): Write[] => {
  const wanted = new Set(wants.map((value) => claimOf(value).path));
  const given = had.map(claimOf).filter(({ path }) => !wanted.has(path));
  const taken = wants.map(claimOf).filter((key) => reads.get(key) === undefined);
  return [
    ...given.map(({ path }): Write => ({ op: 'delete', path })),
    ...taken.map(({ id }) => claims.create(id, { holder })),
  ];
};
