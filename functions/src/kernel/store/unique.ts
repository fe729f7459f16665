import { createHash } from 'node:crypto';
import { z } from 'zod';
import { collection } from './collection.ts';
import { type DocKey, type Reads, type Write } from './document.ts';

/**
 * `uniques/{hash}`: a reservation, which names the one document that has a unique value. It is created
 * in the same commit as that document, so two documents can't both get the value.
 */
const reservationSchema = z.object({ holder: z.string() });

type Reservation = z.output<typeof reservationSchema>;

export const reservations = collection('uniques', reservationSchema);

/** A value in its scope: `['areas', 'name', 'West', 'BANDUNG']`. Letter case is ignored. */
export type UniqueValue = readonly string[];

export const reservationOf = (value: UniqueValue): DocKey<Reservation> =>
  reservations.doc(createHash('sha256').update(JSON.stringify(value).toLowerCase()).digest('hex'));

/** Whether another document than `holder` has the value. Its reservation must have been read. */
export const isTaken = (reads: Reads, value: UniqueValue, holder: string): boolean => {
  const reservation = reads.get(reservationOf(value));
  return reservation !== undefined && reservation.data.holder !== holder;
};

/** The writes that release the values that a document had and reserve those that it gets. */
export const reservationWrites = (
  reads: Reads,
  holder: string,
  had: readonly UniqueValue[],
  wants: readonly UniqueValue[],
): Write[] => {
  const wanted = new Set(wants.map((value) => reservationOf(value).path));
  const given = had.map(reservationOf).filter(({ path }) => !wanted.has(path));
  const taken = wants.map(reservationOf).filter((key) => reads.get(key) === undefined);
  return [
    ...given.map(({ path }): Write => ({ op: 'delete', path })),
    ...taken.map(({ id }) => reservations.create(id, { holder })),
  ];
};
