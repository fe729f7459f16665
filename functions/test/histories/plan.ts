import fc from 'fast-check';
import type { Dice } from './desk-history.ts';

/** What goes wrong, and how often in a round: `troubles.ts` does it. Outages take seconds each. */
const TROUBLES = {
  'cut-before': 3,
  'cut-after': 6,
  hold: 2,
  shut: 1,
  kill: 1,
  'kill-before-commit': 1,
  'kill-after-commit': 1,
  leap: 3,
} as const satisfies Record<string, number>;
export type TroubleName = keyof typeof TROUBLES;

const isTrouble = (name: string): name is TroubleName => name in TROUBLES;
/** The troubles of one round. */
export const ROUND: readonly TroubleName[] = Object.keys(TROUBLES)
  .filter(isTrouble)
  .flatMap((name) => Array.from({ length: TROUBLES[name] }, () => name));

/** A trouble, and how many requests have begun when it does. */
export interface Planned {
  readonly trouble: TroubleName;
  readonly after: number;
}

export interface Plan {
  /** The dice of each person, in the order of their requests. */
  readonly dice: readonly (readonly Dice[])[];
  readonly troubles: readonly Planned[];
}

export interface Size {
  /** Requests of each person. */
  readonly requests: number;
  /** How many rounds of all troubles there are. */
  readonly rounds: number;
}

const DIE = fc.nat(999_999);
const dice = fc.record({
  command: DIE,
  target: DIE,
  value: DIE,
  patience: fc.nat(3),
  errand: fc.nat(4),
});

/** Troubles in a random order, evenly over the requests. */
const troublesOf = (seed: number, total: number, rounds: number): Planned[] => {
  const all = Array.from({ length: rounds }, () => ROUND).flat();
  const keys = fc.sample(DIE, { seed, numRuns: all.length });
  const order = all
    .map((trouble, index) => ({ trouble, key: keys[index] ?? 0 }))
    .toSorted((one, other) => one.key - other.key);
  const every = total / (order.length + 1);
  return order.map(({ trouble }, index) => ({
    trouble,
    after: Math.round((index + 1) * every),
  }));
};

/** All that is random in a history. The same seed, people and size give the same plan. */
export const planOf = (seed: number, people: number, { requests, rounds }: Size): Plan => ({
  dice: Array.from({ length: people }, (_, person) =>
    fc
      .sample(dice, { seed: seed + person + 1, numRuns: requests })
      .map(({ patience, errand, ...rolled }, index) => ({
        ...rolled,
        mark: `m${person}x${index}x`,
        isPatient: patience > 0,
        isErrand: errand === 0,
      })),
  ),
  troubles: troublesOf(seed, people * requests, rounds),
});
