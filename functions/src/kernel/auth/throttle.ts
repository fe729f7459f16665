import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Problem, refuseFor } from '../problem.ts';
import { collection } from '../store/collection.ts';
import { type Loaded, type Write } from '../store/document.ts';

/**
 * Failed sign-ins of one account or one address, by the moment of each. A failure is entered
 * before it is answered, and a success is checked against those entered meanwhile: so guesses
 * sent at the same moment are counted as if they had come one after the other.
 */
const throttleSchema = z.object({
  failures: z.array(z.date()),
  expiresAt: z.date(),
});

export type Throttle = z.output<typeof throttleSchema>;
export type ThrottleKind = 'account' | 'address';

export const throttles = collection('signIns', throttleSchema, { ttl: 'expiresAt' });

const WINDOW_MS = 15 * 60_000;
const LIMIT = { account: 10, address: 100 } as const satisfies Record<ThrottleKind, number>;

/** The record of an e-mail (whether or not it has an account) or of a client's address. */
export const throttleOf = (kind: ThrottleKind, subject: string) =>
  throttles.doc(`${kind}-${createHash('sha256').update(subject.toLowerCase()).digest('hex')}`);

type Key = ReturnType<typeof throttleOf>;

const recent = (seen: Loaded<Throttle> | undefined, now: Date) =>
  (seen?.data.failures ?? []).filter((at) => now.getTime() - at.getTime() < WINDOW_MS);

/** 429 with `Retry-After` once the window holds as many failures as are allowed. */
export const tooMany = (
  kind: ThrottleKind,
  seen: Loaded<Throttle> | undefined,
  now: Date,
): Problem | undefined => {
  const oldest = recent(seen, now).at(-LIMIT[kind]);
  if (oldest === undefined) return undefined;
  return refuseFor('auth/too-many-attempts', (oldest.getTime() + WINDOW_MS - now.getTime()) / 1000);
};

/** Enters one more failure. */
export const enterFailure = (key: Key, seen: Loaded<Throttle> | undefined, now: Date): Write => {
  const data = {
    failures: [...recent(seen, now), now].slice(-LIMIT.address),
    expiresAt: new Date(now.getTime() + WINDOW_MS),
  };
  return seen === undefined ? throttles.create(key.id, data) : throttles.update(seen, data);
};
