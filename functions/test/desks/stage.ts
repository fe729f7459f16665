import type { Sender } from '../support/client.ts';
import type { TestApi } from '../support/harness.ts';

type Words = Readonly<Record<string, string>>;

/** A situation that was set up for one request. */
export interface Scene {
  /** The people of this situation, by role. */
  readonly as: (role: string) => Sender;
  /** The path's parameters. */
  readonly params: Words;
  /** What replaces `{word}` in the sample. */
  readonly words: Words;
}

/** What the matrix needs of a desk, besides the desk itself. */
export interface Stage {
  /** A person of this role, with a session. */
  readonly member: (role: string) => Promise<Sender>;
  /** A person with a session but without access to the desk. */
  readonly outsider: () => Promise<Sender>;
  /** Sets up the situation that a sample is `given`, with people of its own. */
  readonly bring: (given: string | undefined) => Promise<Scene>;
}

export type StageOf = (api: TestApi) => Stage;

/** The people of one situation: one of each role. */
export type Cast<Role extends string, P> = (role: Role) => P;

/** What a situation adds to its people. */
export interface Brought {
  readonly params?: Words;
  readonly words?: Words;
  /** Who sends the sample, if it is not the person of its role. */
  readonly sender?: Sender;
}

/** Sets up one situation. */
export type Bring<Role extends string, P> = (of: Cast<Role, P>) => Promise<Brought>;

/** A desk's people, and how the situations of its samples are set up. */
export interface StageParts<Role extends string, P extends Sender> {
  readonly roles: readonly Role[];
  readonly person: (role: Role) => Promise<P>;
  readonly outsider: () => Promise<Sender>;
  readonly situations: Readonly<Record<string, Bring<Role, P>>>;
  /** Words that every situation has. */
  readonly words?: (of: Cast<Role, P>) => Words;
}

/** The desk for the matrix. */
export const createStage = <Role extends string, P extends Sender>({
  roles,
  person,
  outsider,
  situations,
  words: common = () => ({}),
}: StageParts<Role, P>): Stage => {
  const roleOf = (name: string): Role => {
    const role = roles.find((each) => each === name);
    if (role === undefined) throw new Error(`the desk has no role ${name}`);
    return role;
  };
  const gather = async (): Promise<Cast<Role, P>> => {
    const people = await Promise.all(roles.map(person));
    return (role) => {
      const found = people[roles.indexOf(role)];
      if (found === undefined) throw new Error(`the desk has no role ${role}`);
      return found;
    };
  };
  return {
    member: (role) => person(roleOf(role)),
    outsider,
    bring: async (given) => {
      const bring = given === undefined ? async (): Promise<Brought> => ({}) : situations[given];
      if (bring === undefined) throw new Error(`no test knows how to set up ${given}`);
      const of = await gather();
      const { params = {}, words, sender } = await bring(of);
      return {
        as: (role) => (role === 'nobody' ? {} : (sender ?? of(roleOf(role)))),
        params,
        words: { ...params, ...common(of), ...words },
      };
    },
  };
};

/** The sample with every `{word}` filled in; an unknown word becomes an id that names nothing. */
export const fill = (sample: unknown, words: Words): unknown => {
  if (typeof sample === 'string') {
    return sample.replace(/\{(\w+)\}/g, (_, word: string) => words[word] ?? `no-${word}`);
  }
  if (Array.isArray(sample)) return sample.map((item) => fill(item, words));
  if (typeof sample !== 'object' || sample === null) return sample;
  return Object.fromEntries(
    Object.entries(sample).map(([name, value]) => [name, fill(value, words)]),
  );
};
