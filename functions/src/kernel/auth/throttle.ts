import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Problem, refuseFor } from '../problem.ts';
import { collection } from '../store/collection.ts';
import { type Loaded, type Write } from '../store/document.ts';

/**
 * The times of the failed sign-ins of one account or one address. A failure is recorded before it is
 * answered, and a success is checked against the failures recorded meanwhile, so that guesses sent
 * in parallel count as if they had been sent one after the other.
 */
const throttleSchema = z.object({
  failures: z.array(z.date()),
  expiresAt: z.date(),
});

export type Throttle = z.output<typeof throttleSchema>;
export type ThrottleKind = 'account' | 'address';

export const throttles = collection('signIns', throttleSchema, {
  unindexed: ['failures'],
  ttl: 'expiresAt',
});

const WINDOW_MS = 15 * 60_000;
const LIMIT = { account: 10, address: 100 } as const satisfies Record<ThrottleKind, number>;

/** The key for an e-mail, whether or not it has an account, or for a client's address. */
export const throttleOf = (kind: ThrottleKind, subject: string) =>
  throttles.doc(`${kind}-${createHash('sha256').update(subject.toLowerCase()).digest('hex')}`);

type Key = ReturnType<typeof throttleOf>;

const recent = (seen: Loaded<Throttle> | undefined, now: Date) =>
  (seen?.data.failures ?? []).filter((at) => now.getTime() - at.getTime() < WINDOW_MS);

/** 429 with `Retry-After` when the last 15 minutes have as many failures as are allowed. */
export const tooMany = (
  kind: ThrottleKind,
  seen: Loaded<Throttle> | undefined,
  now: Date,
): Problem | undefined => {
  const oldest = recent(seen, now).at(-LIMIT[kind]);
  if (oldest === undefined) return undefined;
  return refuseFor('auth/too-many-attempts', (oldest.getTime() + WINDOW_MS - now.getTime()) / 1000);
};

/** The write that records one more failure. */
export const recordFailure = (key: Key, seen: Loaded<Throttle> | undefined, now: Date): Write => {
  const data = {
    failures: [...recent(seen, now), now].slice(-LIMIT.address),
    expiresAt: new Date(now.getTime() + WINDOW_MS),
  };
  return seen === undefined ? throttles.create(key.id, data) : throttles.update(seen, data);
};
