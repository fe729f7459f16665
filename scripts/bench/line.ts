import type { Bench } from './bench-world.ts';

/** One measured number: a ratio, a count or a time, from one run on one machine. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** Its aim, where there is one. */
  readonly atMost?: number;
  readonly atLeast?: number;
  /** What the number consists of, or why it is surprising. */
  readonly note?: string;
}

/** One subject of the bench; `scripts/bench/lines.ts` lists them. */
export interface Line {
  readonly name: string;
  readonly run: (bench: Bench) => Promise<readonly Figure[]>;
}

/** Milliseconds that a task takes. */
export const timed = async (task: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await task();
  return performance.now() - started;
};

/** The value below which this share of the sorted values lies; 0.5 is the median. */
export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[
    Math.min(values.length - 1, Math.floor(values.length * share))
  ] ?? Number.NaN;

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** The results of a task run several times, one after the other. */
export const times = async <T>(count: number, task: (n: number) => Promise<T>): Promise<T[]> => {
  const results: T[] = [];
  for (let n = 0; n < count; n += 1) results.push(await task(n));
  return results;
};

export const oneTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1);

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

/** One side's value as a multiple of the other's. */
export const ratio = (
  what: string,
  unit: string,
  [value, other]: readonly [number, number],
  rest: Omit<Figure, 'what' | 'value' | 'unit'> = {},
  show: (value: number) => string = ms,
): Figure => ({
  what,
  unit,
  value: value / other,
  note: `${show(value)} against ${show(other)}`,
  ...rest,
});
