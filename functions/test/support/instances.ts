import { randomInt } from 'node:crypto';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { startApi, type TestApi } from './harness.ts';

// Starts at a random month, so that a store which an earlier run has used works too.
let months = randomInt(0, 10_000);

/**
 * A time in a month that no other test uses, so that no other test uses its ticket numbers. It is
 * long ago, because lists begin with the newest. No other test uses the following month either.
 */
export const ownMonth = (): Date => {
  months += 2;
  return new Date(Date.UTC(1000, months, 10, 5));
};

/** The last moment of that date's month in Jakarta, which was 7 h 7 min 12 s ahead of UTC then. */
export const lastMomentOfMonth = (date: Date): Date =>
  new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0, 16, 52, 47, 999));

/** `ticketcount/{YYYY-MM}` of a moment that is well inside its month. */
export const countId = (date: Date): string => date.toISOString().slice(0, 7);

/** Instances of the API in one process, each with its own runtime. */
export const startInstances = async (
  count: number,
  parts: Partial<Runtime> = {},
): Promise<{ apis: readonly TestApi[]; stop: () => Promise<void> }> => {
  const apis = await Promise.all(Array.from({ length: count }, () => startApi(parts)));
  return { apis, stop: async () => void (await Promise.all(apis.map((api) => api.stop()))) };
};

/** The instance that serves the nth of many requests. */
export const nth = <T>(items: readonly T[], n: number): T => {
  const item = items[n % items.length];
  if (item === undefined) throw new Error('there is none');
  return item;
};
