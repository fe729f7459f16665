import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Problem, refuseFor } from '../problem.ts';
import { collection } from '../store/collection.ts';
import type { DocKey, Loaded, Reads, Write } from '../store/document.ts';
import { networkOf } from './network.ts';

/** One attempt to sign in that failed, or is not known yet to be right. */
const tried = z.object({
  at: z.date(),
  /** A hash of the account and the network that it came from. */
  pair: z.string(),
});

/**
 * `attempts/{kind}-{hash}`: the attempts of the last 15 minutes on one account, from one network, or
 * from one browser. An attempt is noted here before its password is checked, and taken out again in
 * the commit that signs in. So whatever is sent at the same moment, no more passwords are checked
 * than the limits allow, and one whose end nobody saw counts as a failure.
 */
const attemptsSchema = z.object({ tried: z.array(tried), expiresAt: z.date() });

export type Tried = z.output<typeof tried>;
export type Attempts = z.output<typeof attemptsSchema>;

export const attempts = collection('attempts', attemptsSchema, {
  unindexed: ['tried'],
  ttl: 'expiresAt',
});

/** Who tries to sign in. */
export interface Subjects {
  readonly email: string;
  /** The client's address, as the proxies in front report it. */
  readonly address: string;
  /**
   * A browser that has signed in before as the person of this e-mail, by the id of that session. It
   * must be proven: strangers can neither lock it nor slow it down.
   */
  readonly browser: string | undefined;
}

/** An attempt that was let through, to be given back when it was right. */
export interface Attempt extends Tried {
  /** Where it is noted. */
  readonly keys: readonly DocKey<Attempts>[];
}

const WINDOW_MS = 15 * 60_000;
/** Failures within the window that block a browser, and an account for one network. */
const PAIR_LIMIT = 10;
/** Failures that block a network, whichever the accounts. */
const NETWORK_LIMIT = 100;
/** Failures of an account from anywhere, after which it takes one attempt at a time. */
const ACCOUNT_LIMIT = 100;
const TURN_MS = 5_000;

const hash = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex');

const keysOf = ({ email, address, browser }: Subjects) => {
  const account = email.toLowerCase();
  if (browser !== undefined) {
    return { browser: attempts.doc(`browser-${hash(browser, account)}`) };
  }
  return {
    account: attempts.doc(`account-${hash(account)}`),
    network: attempts.doc(`network-${hash(networkOf(address))}`),
  };
};

/** The documents in which an attempt of these subjects is noted. */
export const attemptKeys = (subjects: Subjects): readonly DocKey<Attempts>[] =>
  Object.values(keysOf(subjects));

const pairOf = ({ email, address }: Subjects): string =>
  hash(email.toLowerCase(), networkOf(address));

/** The attempts of the window in a document. */
const recent = (seen: Loaded<Attempts> | undefined, now: Date): readonly Tried[] =>
  (seen?.data.tried ?? []).filter(({ at }) => now.getTime() - at.getTime() < WINDOW_MS);

/** Milliseconds until fewer than `limit` of these are left in the window. */
const untilBelow = (limit: number, past: readonly Tried[], now: Date): number => {
  const oldest = past.at(-limit);
  return oldest === undefined ? 0 : oldest.at.getTime() + WINDOW_MS - now.getTime();
};

/** Milliseconds until an account that is tried from everywhere takes the next attempt. */
const untilNextTurn = (past: readonly Tried[], now: Date): number => {
  const last = past.at(-1);
  if (last === undefined || past.length < ACCOUNT_LIMIT) return 0;
  return last.at.getTime() + TURN_MS - now.getTime();
};

type Past = (key: DocKey<Attempts>) => readonly Tried[];

/** Milliseconds until these subjects may try; 0 or less when they may now. */
const waitOf = (subjects: Subjects, past: Past, now: Date): number => {
  const keys = keysOf(subjects);
  if ('browser' in keys) return untilBelow(PAIR_LIMIT, past(keys.browser), now);
  const ofAccount = past(keys.account);
  const own = pairOf(subjects);
  const ofPair = ofAccount.filter(({ pair }) => pair === own);
  return Math.max(
    untilBelow(PAIR_LIMIT, ofPair, now),
    untilBelow(NETWORK_LIMIT, past(keys.network), now),
    untilNextTurn(ofAccount, now),
  );
};

/**
 * Reserves an attempt for each of these subjects, one after the other: the attempt, or 429 with the
 * seconds to wait. The writes note those that were let through; none when all are refused.
 */
export const reserve = (
  wanted: readonly Subjects[],
  reads: Reads,
  now: Date,
): { readonly results: readonly (Attempt | Problem)[]; readonly writes: readonly Write[] } => {
  const noted = new Map<string, readonly Tried[]>();
  const past: Past = (key) => noted.get(key.path) ?? recent(reads.get(key), now);
  const keys = new Map(wanted.flatMap(attemptKeys).map((key) => [key.path, key]));
  const results = wanted.map((subjects) => {
    const wait = waitOf(subjects, past, now);
    if (wait > 0) return refuseFor('auth/too-many-attempts', wait / 1000);
    const attempt = { at: now, pair: pairOf(subjects) };
    for (const key of attemptKeys(subjects)) noted.set(key.path, [...past(key), attempt]);
    return { ...attempt, keys: attemptKeys(subjects) };
  });
  const expiresAt = new Date(now.getTime() + WINDOW_MS);
  const writes = [...keys.values()].flatMap((key) => {
    const of = noted.get(key.path);
    if (of === undefined) return [];
    const data = { tried: [...of], expiresAt };
    return attempts.put(key.id, reads.get(key), data);
  });
  return { results, writes };
};

/** The writes that take an attempt out again, because it was right; `reads` has its `keys`. */
export const giveBack = ({ at, pair, keys }: Attempt, reads: Reads): readonly Write[] =>
  keys.flatMap((key) => {
    const seen = reads.get(key);
    const all = seen?.data.tried ?? [];
    const index = all.findIndex((each) => each.pair === pair && each.at.getTime() === at.getTime());
    if (seen === undefined || index === -1) return [];
    return attempts.update(seen, { tried: all.toSpliced(index, 1) });
  });
