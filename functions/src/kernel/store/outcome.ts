import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** How long a change is decided anew before its caller is told that the store is busy. */
const BUSY_MS = 5_000;
/** Commits whose answer never came, each after seconds of waiting, before the caller is told. */
export const MOST_LOST = 3;
const LONGEST_WAIT_MS = 250;

const grpcError = z.object({ code: z.number().int() });

// Firestore's status codes: what a commit may fail with for a reason of the moment.
const CONFLICT = new Set([5, 6, 9, 10]); // NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED
const UNKNOWN = new Set([1, 2, 4, 8, 13, 14]); // CANCELLED … UNAVAILABLE: it may have been applied

/** Whether a failed commit lost a race, has an unknown outcome, or can never succeed. */
export const outcomeOf = (error: unknown): 'conflict' | 'unknown' | 'permanent' => {
  const parsed = grpcError.safeParse(error);
  if (!parsed.success) return 'permanent';
  if (CONFLICT.has(parsed.data.code)) return 'conflict';
  return UNKNOWN.has(parsed.data.code) ? 'unknown' : 'permanent';
};

/** A short random wait that grows with the attempt, so that racers spread out. */
export const backOff = (attempt: number): Promise<void> =>
  sleep(Math.random() * Math.min(LONGEST_WAIT_MS, 2 ** attempt));

/** Whether a change that began now may still be tried again. */
export const startPatience = () => {
  const until = performance.now() + BUSY_MS;
  return { isOver: () => performance.now() >= until };
};
