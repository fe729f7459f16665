import type { Audience, Notice, Values } from './notice.ts';

/** What a desk's rules say of a change: `R` is how they name people. */
interface Told<K extends string, V extends string, R> {
  readonly kind: K;
  readonly to: readonly R[];
  readonly values: Values<V>;
}

/** Notices of what a desk's rules say, with the people whom they name looked up by `audienceOf`. */
export const addressed = <K extends string, V extends string, R>(
  told: readonly Told<K, V, R>[],
  audienceOf: (to: R) => Audience,
  about: Pick<Notice, 'subject' | 'who'> & Partial<Pick<Notice, 'region'>>,
): Notice<K, V>[] =>
  told.map(({ to, ...notice }) => ({ region: null, ...notice, to: to.map(audienceOf), ...about }));
