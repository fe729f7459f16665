import { z } from 'zod';
import type { GrantRules } from '../auth/grants.ts';
import type { Principal } from '../auth/principal.ts';
import type { Profile } from '../auth/person.ts';
import {
  Problem,
  KERNEL_REFUSALS,
  type KernelRefusal,
  isKernelRefusal,
  type Refusals,
  refuse,
} from '../problem.ts';
import { noticeTriggers } from '../notify/deliver.ts';
import type { DeskNotices } from '../notify/desk-notices.ts';
import type { DocKey } from '../store/document.ts';
import type { IndexedCollection } from '../store/collection.ts';
import type { Listeners } from '../store/listener.ts';
import type { Store } from '../store/store.ts';
import type { Sweep } from '../store/sweep.ts';
import type { Trigger } from '../store/trigger.ts';
import type { Gather } from '../store/change.ts';
import type { Counter } from '../store/group-commit.ts';
import type {
  ChangeRequest,
  Context,
  Decide,
  DecideNumbered,
  Declaration,
  DeclaredRefusal,
  Endpoint,
  Exchange,
  GatheredSituation,
  Input,
  InputSchemas,
  NumberedChangeRequest,
  Situation,
} from './endpoint.ts';
import { costWith } from './audited.ts';
import { BodyStream } from './body-stream.ts';
import { parseInput } from './input.ts';

/** What each desk decides for itself: its path, its people, and the format of its responses. */
export interface DeskSettings<A, Role extends string, R extends Refusals> {
  readonly name: string;
  readonly title: string;
  /** The prefix of the paths of its endpoints. */
  readonly base: string;
  readonly roles: readonly Role[];
  /** The schema of `grants/{uid}.access.<name>`, which a SuperAdmin grants. */
  readonly access: z.ZodType;
  readonly grants?: GrantRules;
  /** The person as this desk sees them; undefined without access. */
  readonly actorOf: (person: Profile) => A | undefined;
  readonly roleOf: (actor: A) => Role;
  readonly refusals: R;
  readonly vocabulary?: Vocabulary;
  /** Brings a body into the form of the schemas, such as field names in any letter case. */
  readonly normalize?: (body: unknown) => unknown;
  readonly success: (status: number, data: unknown) => unknown;
  /** The envelope of a success around the schema of its data, for OpenAPI. */
  readonly successSchema: (status: number, data: z.ZodType) => z.ZodType;
  readonly failure: (problem: Problem, requestId: string) => unknown;
  readonly failureSchema: z.ZodType;
  /** The content type of failures; `application/json` by default. */
  readonly failureType?: string;
}

/** Something of a desk that a person has to finish, such as a ticket; `title` is for people. */
export interface Work {
  readonly id: string;
  readonly title: string;
}

/** The lists of words that fields have, by the names that OpenAPI gives them. */
export type Vocabulary = Readonly<Record<string, readonly (string | number)[]>>;

/** A desk as a value, for the server, OpenAPI, the index check and the tests. */
export interface Desk {
  readonly name: string;
  readonly title: string;
  readonly base: string;
  readonly roles: readonly string[];
  readonly access: z.ZodType;
  readonly grants?: GrantRules;
  readonly vocabulary?: Vocabulary;
  readonly success: (status: number, data: unknown) => unknown;
  readonly successSchema: (status: number, data: z.ZodType) => z.ZodType;
  readonly failure: (problem: Problem, requestId: string) => unknown;
  readonly failureSchema: z.ZodType;
  readonly failureType: string;
  readonly endpoints: readonly Endpoint[];
  /** Its own collections, with their queries. */
  readonly collections: readonly IndexedCollection[];
  /** The queries that its apps listen to; docs/listening.md shows each of them. */
  readonly listeners: Listeners;
  /** What the clock function runs each minute. */
  readonly sweeps: readonly Sweep[];
  /** What runs after documents are written. */
  readonly triggers: readonly Trigger[];
  /**
   * The first 20 pieces of work that a person has in progress, while which they can't be removed
   * from the desk. None for a desk that assigns no work to people.
   */
  readonly workOf?: (store: Store, uid: string) => Promise<readonly Work[]>;
  /** What its people are notified of. */
  readonly notices?: DeskNotices;
}

/** The most pieces of work that `workOf` returns. */
export const MOST_WORK = 20;

type DeskParts = Pick<
  Desk,
  'endpoints' | 'collections' | 'listeners' | 'sweeps' | 'triggers' | 'workOf' | 'notices'
>;

export type EndpointSpec<A, P, Q, B, O extends z.ZodType, Code extends string> = Declaration & {
  /** The refusals of the desk's table that it may respond with; OpenAPI lists them. */
  readonly refusals?: readonly (Code | KernelRefusal)[];
  readonly input: InputSchemas<P, Q, B>;
  readonly output: O;
  /** Documents that the input refers to, fetched together with the session. */
  readonly loads?: (input: Input<P, Q, B>) => readonly DocKey<unknown>[];
  readonly handle: (context: Context<A, Input<P, Q, B>>) => Promise<z.input<O> | Problem>;
};

type ActorOf<A> = (principal: Principal | undefined) => A;

const nothing = async (): Promise<undefined> => undefined;

type Plain<A, D> = { readonly decide: (situation: Situation<A>) => D };
type Gathering<A, G, D> = {
  readonly gather: Gather<G>;
  readonly decide: (situation: GatheredSituation<A, G>) => D;
};

const gatherOf = <A, D>(spec: Plain<A, D> | Gathering<A, unknown, D>): Gather<unknown> =>
  'gather' in spec ? spec.gather : nothing;

const decideWith = <A, D>(
  spec: Plain<A, D> | Gathering<A, unknown, D>,
  actorOf: ActorOf<A>,
  situation: GatheredSituation<Principal | undefined, unknown>,
): D => spec.decide({ ...situation, actor: actorOf(situation.actor) });

const changeOf = <A>(exchange: Exchange, actorOf: ActorOf<A>): ChangeRequest<A> => {
  function change<T>(spec: { decide: Decide<Situation<A>, T> }): Promise<T | Problem>;
  function change<T, G>(spec: {
    gather: Gather<G>;
    decide: Decide<GatheredSituation<A, G>, T>;
  }): Promise<T | Problem>;
  function change<T>(
    spec:
      | { decide: Decide<Situation<A>, T> }
      | { gather: Gather<unknown>; decide: Decide<GatheredSituation<A, unknown>, T> },
  ): Promise<T | Problem> {
    return exchange.change<T, unknown>(gatherOf(spec), (situation) => {
      const plan = decideWith(spec, actorOf, situation);
      return plan instanceof Problem ? { kind: 'stop', value: plan } : { kind: 'write', plan };
    });
  }
  return change;
};

const changeNumberedOf = <A>(exchange: Exchange, actorOf: ActorOf<A>): NumberedChangeRequest<A> => {
  type Numbered<S> = { readonly counter: (now: Date) => Counter; readonly decide: S };
  function change<T>(spec: Numbered<DecideNumbered<Situation<A>, T>>): Promise<T | Problem>;
  function change<T, G>(
    spec: { gather: Gather<G> } & Numbered<DecideNumbered<GatheredSituation<A, G>, T>>,
  ): Promise<T | Problem>;
  function change<T>(
    spec:
      | Numbered<DecideNumbered<Situation<A>, T>>
      | ({ gather: Gather<unknown> } & Numbered<DecideNumbered<GatheredSituation<A, unknown>, T>>),
  ): Promise<T | Problem> {
    return exchange.change<T, unknown>(gatherOf(spec), (situation) => {
      const plan = decideWith(spec, actorOf, situation);
      return plan instanceof Problem
        ? { kind: 'stop', value: plan }
        : { kind: 'number', counter: spec.counter(situation.now), plan };
    });
  }
  return change;
};

/** The exchange as a handler of the desk sees it: with the actor, in every decision as well. */
const contextOf = <A, In>(exchange: Exchange, actorOf: ActorOf<A>, input: In): Context<A, In> => ({
  ...exchange,
  actor: actorOf(exchange.principal),
  input,
  change: changeOf(exchange, actorOf),
  changeNumbered: changeNumberedOf(exchange, actorOf),
});

type Settings<A, Role extends string> = Pick<DeskSettings<A, Role, Refusals>, 'actorOf' | 'roleOf'>;

const actorWith =
  <A, Role extends string>(settings: Settings<A, Role>): ActorOf<A> =>
  (principal) => {
    const actor = principal === undefined ? undefined : settings.actorOf(principal.person);
    if (actor === undefined) throw refuse('auth/no-access');
    return actor;
  };

const admitWith =
  <A, Role extends string>(settings: Settings<A, Role>, roles: readonly Role[]) =>
  (principal: Principal | undefined): Problem | undefined => {
    if (principal === undefined) return refuse('auth/required');
    const actor = settings.actorOf(principal.person);
    if (actor === undefined) return refuse('auth/no-access');
    return roles.includes(settings.roleOf(actor)) ? undefined : refuse('auth/forbidden');
  };

const prepareWith =
  <Who, P, Q, B, O extends z.ZodType>(
    spec: EndpointSpec<Who, P, Q, B, O, string>,
    normalize: (body: unknown) => unknown,
    whoOf: ActorOf<Who>,
  ): Endpoint['prepare'] =>
  (raw) => {
    const body = raw.body instanceof BodyStream ? raw.body : normalize(raw.body);
    const input = parseInput(spec.input, { ...raw, body });
    if (input instanceof Problem) return input;
    return {
      input,
      keys: spec.loads?.(input) ?? [],
      handle: (exchange) => spec.handle(contextOf(exchange, whoOf, input)),
    };
  };

const refusalIn = (refusals: Refusals, code: string): Refusals[string] => {
  const refusal = isKernelRefusal(code) ? KERNEL_REFUSALS[code] : refusals[code];
  if (refusal === undefined) throw new Error(`unknown refusal ${code}`);
  return refusal;
};

/**
 * Defines a desk: the functions that declare its endpoints, make its refusals, and finally the desk.
 */
export const defineDesk = <A, Role extends string, R extends Refusals>(
  settings: DeskSettings<A, Role, R>,
) => {
  type Code = keyof R & string;
  const { refusals, normalize = (body: unknown) => body } = settings;
  const declared = (codes: readonly string[] = []): readonly DeclaredRefusal[] =>
    codes.map((code) => ({ code, ...refusalIn(refusals, code) }));
  return {
    settings,

    /** Declares an endpoint for the given roles. */
    endpoint: <P, Q, B, O extends z.ZodType>(
      spec: EndpointSpec<A, P, Q, B, O, Code> & { readonly roles: readonly Role[] },
    ): Endpoint => ({
      ...spec,
      cost: costWith(spec.audit, spec.cost),
      refusals: declared(spec.refusals),
      admit: admitWith(settings, spec.roles),
      prepare: prepareWith(spec, normalize, actorWith(settings)),
    }),

    /** Declares an endpoint without sign-in. */
    publicEndpoint: <P, Q, B, O extends z.ZodType>(
      spec: EndpointSpec<undefined, P, Q, B, O, Code>,
    ): Endpoint => ({
      ...spec,
      cost: costWith(spec.audit, spec.cost),
      refusals: declared(spec.refusals),
      roles: 'public',
      admit: () => undefined,
      prepare: prepareWith(spec, normalize, () => undefined),
    }),

    /** A refusal of the desk's own table; `details` are sent to the caller. */
    refuse: (code: Code, details?: unknown): Problem =>
      new Problem(code, refusalIn(refusals, code), details),

    /** The desk: its settings and parts; what notifies its people is among its triggers. */
    desk: (parts: DeskParts): Desk => ({
      failureType: 'application/json',
      ...settings,
      ...parts,
      triggers: [...parts.triggers, ...noticeTriggers(settings.name, parts.notices)],
    }),
  };
};
