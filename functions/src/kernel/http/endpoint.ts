import type { CookieOptions } from 'express';
import type { Principal } from '../auth/principal.ts';
import type { Problem } from '../problem.ts';
import type { Runtime } from '../runtime.ts';
import type { Gather, Plan, Step } from '../store/change.ts';
import type { DocKey, Reads } from '../store/document.ts';
import type { Counter } from '../store/group-commit.ts';
import type { Store } from '../store/store.ts';
import { z } from 'zod';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Document reads and writes of the endpoint's sample; a list's reads depend on its rows. */
export interface Cost {
  readonly reads: number | ((rows: number) => number);
  readonly writes: number;
}

/** A request that the endpoint answers with its status: for tests, documentation and cost. */
export interface Sample {
  /** The role that sends it; `nobody` for one who is not signed in. */
  readonly as: string;
  /** The situation in which it works; the tests of the desk know how to bring it about. */
  readonly given?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly options: CookieOptions;
}

/** What a decision is made of; it may be made again, on fresher documents at a later time. */
export interface Situation<A> {
  readonly reads: Reads;
  /** Who sends the request, as the desk sees them. */
  readonly actor: A;
  readonly now: Date;
}

/** The same with what `gather` found for it. */
export interface GatheredSituation<A, G> extends Situation<A> {
  readonly gathered: G;
}

/** A pure decision: the whole write and the answer, or why not. */
export type Decide<In, T> = (situation: In) => Plan<T> | Problem;

/** A pure decision about something that gets a counter's next number, known only at the commit. */
export type DecideNumbered<In, T> = (situation: In) => ((n: number) => Plan<T>) | Problem;

/** One atomic change of the declared documents; decided anew when one of them has moved. */
export interface ChangeRequest<A> {
  <T, G>(spec: {
    readonly gather: Gather<G>;
    readonly decide: Decide<GatheredSituation<A, G>, T>;
  }): Promise<T | Problem>;
  <T>(spec: { readonly decide: Decide<Situation<A>, T> }): Promise<T | Problem>;
}

/** The same for a document that takes the next number of a counter. */
export interface NumberedChangeRequest<A> {
  <T, G>(spec: {
    readonly counter: (now: Date) => Counter;
    readonly gather: Gather<G>;
    readonly decide: DecideNumbered<GatheredSituation<A, G>, T>;
  }): Promise<T | Problem>;
  <T>(spec: {
    readonly counter: (now: Date) => Counter;
    readonly decide: DecideNumbered<Situation<A>, T>;
  }): Promise<T | Problem>;
}

/** What every handler is lent, whoever asks. */
export interface Services {
  readonly runtime: Runtime;
  readonly store: Store;
  /** The declared documents, as they were when the request came. */
  readonly reads: Reads;
  readonly now: Date;
  /** The client's address, as the trusted proxies report it. */
  readonly address: string;
  /** The value of the session cookie, if one was sent. */
  readonly sessionToken: string | undefined;
  readonly setCookie: (cookie: Cookie) => void;
  /** A header of the answer, which the endpoint declares among its `headers`. */
  readonly setHeader: (name: string, value: string) => void;
}

/** What a handler works with; `A` is who sends the request, as the desk sees them. */
export interface Context<A, In> extends Services {
  readonly actor: A;
  readonly input: In;
  /** With an `Idempotency-Key` the response is stored in the same commit. */
  readonly change: ChangeRequest<A>;
  readonly changeNumbered: NumberedChangeRequest<A>;
}

/** One request between the server and a desk that does not know yet who sends it. */
export interface Exchange extends Services {
  readonly principal: Principal | undefined;
  readonly change: <T, G>(
    gather: Gather<G>,
    decide: (situation: GatheredSituation<Principal | undefined, G>) => Step<T, Problem>,
  ) => Promise<T | Problem>;
}

/** Everything there is to know about one endpoint; routing, tests and OpenAPI read it. */
export interface Declaration {
  readonly method: Method;
  /** Under the desk's base, in express's form: `/tickets/:id`. */
  readonly path: string;
  readonly summary: string;
  /** The contract's section that asks for it. */
  readonly contract: string;
  readonly status: 200 | 201;
  /** What a success returns, for people to read: `the ticket as it is now`. */
  readonly returns?: string;
  readonly cost: Cost;
  readonly sample: Sample;
  /** JSON up to 1 MB unless told; a body of another type reaches the handler as text. */
  readonly consumes?: BodyKind;
  /** JSON unless told; an answer of another type is streamed as the handler yields its text. */
  readonly produces?: string;
  /** Headers that the answer may carry beside those of every answer. */
  readonly headers?: z.ZodObject;
}

/** A content type and the most bytes that a body of it may have. */
export interface BodyKind {
  readonly type: string;
  readonly limit: number;
}

export const JSON_BODY = { type: 'application/json', limit: 1024 * 1024 } as const;

const isText = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** The output of an endpoint that `produces` text: its chunks, as they come. */
export const textStream = z.custom<AsyncIterable<string>>(isText);

/** The schemas of what a request carries. */
export interface InputSchemas<P = unknown, Q = unknown, B = unknown> {
  readonly params: z.ZodType<P>;
  readonly query: z.ZodType<Q>;
  readonly body: z.ZodType<B>;
}

/** Of a part that must be empty. */
export const none = z.strictObject({}).optional();

/** For requests that carry nothing; spread it and name the parts that there are. */
export const noInput = { params: none, query: none, body: none };

/** What the caller sent, parsed. */
export interface Input<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
}

/** What came over the wire, not parsed yet. */
export interface Raw {
  readonly params: unknown;
  readonly query: unknown;
  /** Undefined where no body was sent. */
  readonly body: unknown;
}

/** A request whose input is in order: the documents it needs and what to do with them. */
export interface Prepared {
  /** The parsed input: two requests are the same when these are. */
  readonly input: unknown;
  readonly keys: readonly DocKey<unknown>[];
  readonly handle: (exchange: Exchange) => Promise<unknown>;
}

/** A refusal that an endpoint declares, as its desk's table has it. */
export interface DeclaredRefusal {
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

/** An endpoint as the server sees it: its types are sealed inside. */
export interface Endpoint extends Declaration {
  readonly roles: readonly string[] | 'public';
  /** The refusals of the desk's own table that it may answer with. */
  readonly refusals: readonly DeclaredRefusal[];
  readonly input: InputSchemas;
  /** Of the data, before the desk wraps it into its envelope. */
  readonly output: z.ZodType;
  /** 403 for a person without access or with another role. */
  readonly admit: (principal: Principal | undefined) => Problem | undefined;
  /** Parses the input: 404 for an impossible id, 400 that names each wrong field. */
  readonly prepare: (raw: Raw) => Prepared | Problem;
}
