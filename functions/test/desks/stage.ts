import type { Sender } from '../support/client.ts';
import type { TestApi } from '../support/harness.ts';

/** A situation that was brought about for one request. */
export interface Scene {
  /** The people of this situation, by role. */
  readonly as: (role: string) => Sender;
  /** The path's parameters. */
  readonly params: Readonly<Record<string, string>>;
  /** What stands for `{word}` in the sample. */
  readonly words: Readonly<Record<string, string>>;
}

/** What the matrix needs of a desk, beside the desk itself. */
export interface Stage {
  /** A person of this role, with a session. */
  readonly member: (role: string) => Promise<Sender>;
  /** Somebody with a session but without access to the desk. */
  readonly outsider: () => Promise<Sender>;
  /** Brings about the situation that a sample is `given`, with people of its own. */
  readonly bring: (given: string | undefined) => Promise<Scene>;
}

export type StageOf = (api: TestApi) => Stage;

/** The sample with every `{word}` filled in; an unknown word becomes an id that names nothing. */
export const fill = (sample: unknown, words: Readonly<Record<string, string>>): unknown => {
  if (typeof sample === 'string') {
    return sample.replace(/\{(\w+)\}/g, (_, word: string) => words[word] ?? `no-${word}`);
  }
  if (Array.isArray(sample)) return sample.map((item) => fill(item, words));
  if (typeof sample !== 'object' || sample === null) return sample;
  return Object.fromEntries(
    Object.entries(sample).map(([name, value]) => [name, fill(value, words)]),
  );
};
