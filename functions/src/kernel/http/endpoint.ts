import type { Readable } from 'node:stream';
import type { CookieOptions } from 'express';
import type { AuditKind } from '../audit/collection.ts';
import type { Credential, Principal } from '../auth/principal.ts';
import type { Origin } from '../auth/session.ts';
import type { Problem } from '../problem.ts';
import type { Runtime } from '../runtime.ts';
import type { Gather, Plan, Step } from '../store/change.ts';
import type { DocKey, Reads, Write } from '../store/document.ts';
import type { Counter } from '../store/group-commit.ts';
import type { Store } from '../store/store.ts';
import { z } from 'zod';
import { BodyStream } from './body-stream.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/**
 * The reads and writes that the endpoint's sample costs; those of a list depend on its rows. A
 * declaration does not count the entry in the audit log, the finished endpoint does.
 */
export interface Cost {
  readonly reads: number | ((rows: number) => number);
  readonly writes: number;
}

/** A request that succeeds: used by the tests, by OpenAPI and to measure the cost. */
export interface Sample {
  /** The role of the caller; `nobody` for one who is not signed in. */
  readonly as: string;
  /** The situation in which it succeeds; the desk's test kit sets it up by this name. */
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

/** What a decision depends on. It is made again, on newer documents, when the commit fails. */
export interface Situation<A> {
  readonly reads: Reads;
  /** Who sends the request, as the desk sees them. */
  readonly actor: A;
  readonly now: Date;
}

/** The same, with what `gather` returned. */
export interface GatheredSituation<A, G> extends Situation<A> {
  readonly gathered: G;
}

/** A pure decision: the whole write and what the change returns, or a refusal. */
export type Decide<In, T> = (situation: In) => Plan<T> | Problem;

/** A pure decision about a document that gets a counter's next number, known only at the commit. */
export type DecideNumbered<In, T> = (situation: In) => ((n: number) => Plan<T>) | Problem;

/** One atomic change of the loaded documents; decided again when one of them has changed. */
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

/** What every handler gets, whoever the caller is. */
export interface Services {
  readonly runtime: Runtime;
  readonly store: Store;
  /** The documents that the endpoint `loads`, as they were when the request came. */
  readonly reads: Reads;
  readonly now: Date;
  /** The client's address, as the trusted proxies report it, and its User-Agent header. */
  readonly origin: Origin;
  /** What the request came with; not proven where the endpoint is public. */
  readonly credential: Credential;
  /** Who sends the request, as admitted; undefined where the endpoint is public. */
  readonly principal: Principal | undefined;
  readonly setCookie: (cookie: Cookie) => void;
  /** Sets a header of the response, which the endpoint declares in its `headers`. */
  readonly setHeader: (name: string, value: string) => void;
  /**
   * The entry in the audit log for a commit that the handler makes without its `change`: put it last.
   * None if the endpoint has no `audit`.
   */
  readonly audited: (
    change: { readonly id: string; readonly at: Date },
    writes: readonly Write[],
  ) => readonly Write[];
}

/** What a handler gets; `A` is the caller as the desk sees them. */
export interface Context<A, In> extends Services {
  readonly actor: A;
  readonly input: In;
  /** With an `Idempotency-Key` the response is stored in the same commit. */
  readonly change: ChangeRequest<A>;
  readonly changeNumbered: NumberedChangeRequest<A>;
}

/** What the server passes to a desk, which then makes an actor of the principal. */
export interface Exchange extends Services {
  readonly change: <T, G>(
    gather: Gather<G>,
    decide: (situation: GatheredSituation<Principal | undefined, G>) => Step<T, Problem>,
  ) => Promise<T | Problem>;
}

/** Everything about an endpoint but its code; routing, tests and OpenAPI read it. */
export interface Declaration {
  readonly method: Method;
  /** Under the desk's base, in express's form: `/tickets/:id`. */
  readonly path: string;
  readonly summary: string;
  /** The contract's section that asks for it. */
  readonly contract: string;
  readonly status: 200 | 201 | 202;
  /** It creates what its path names, so that no id is unknown to it. */
  readonly upserts?: true;
  /** What a success returns, for OpenAPI: `the ticket after the change`. */
  readonly returns: string;
  readonly cost: Cost;
  readonly sample: Sample;
  /** Logs each of its changes in `audit`, as this kind. */
  readonly audit?: AuditKind;
  /** The body's type, JSON up to 1 MB by default; any other reaches the handler as text or stream. */
  readonly consumes?: BodyKind;
  /**
   * The response's type, JSON by default; any other is streamed as the handler yields its text. A
   * list: the types that a file may have.
   */
  readonly produces?: string | readonly string[];
  /** Headers of the response, besides those that every response has. */
  readonly headers?: z.ZodObject;
}

/** A content type, or several, and the most bytes that a body of it may have. */
export interface BodyKind {
  readonly type: string | readonly string[];
  readonly limit: number;
  /** It reaches the handler as a `BodyStream`, while it is received. */
  readonly isStream?: true;
}

export const JSON_BODY = { type: 'application/json', limit: 1024 * 1024 } as const;

const isText = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** The output of an endpoint that `produces` text: a stream of chunks. */
export const textStream = z.custom<AsyncIterable<string>>(isText);

/** The body of an endpoint that `consumes` a stream. */
export const bodyStream = z.custom<BodyStream>(
  (value) => value instanceof BodyStream,
  'Send the file itself as the body.',
);

/** A stored file as a response, whole or in part. */
export interface FileAnswer {
  readonly type: string;
  readonly bytes: number;
  /** Changes when the content does. */
  readonly tag: string;
  /** How a browser may keep it, and which other pages may show it. */
  readonly headers: Readonly<Record<string, string>>;
  /** Opens it from one byte to another, both included; undefined when it is gone. */
  readonly open: (range?: ByteRange) => Promise<Readable | undefined>;
}

export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The output of an endpoint that `produces` files. */
export const fileAnswer = z.custom<FileAnswer>(
  (value) => typeof value === 'object' && value !== null && 'open' in value,
);

/** The schemas of the parts of a request. */
export interface InputSchemas<P = unknown, Q = unknown, B = unknown> {
  readonly params: z.ZodType<P>;
  readonly query: z.ZodType<Q>;
  readonly body: z.ZodType<B>;
}

/** The schema of a part that must be empty. */
export const none = z.strictObject({}).optional();

/** The input of a request without parts; spread it and add the parts that there are. */
export const noInput = { params: none, query: none, body: none };

/** A request, parsed. */
export interface Input<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
}

/** A request, not parsed yet. */
export interface Raw {
  readonly params: unknown;
  readonly query: unknown;
  /** Undefined where no body was sent. */
  readonly body: unknown;
}

/** A request with valid input: the documents that it needs, and its handler. */
export interface Prepared {
  /** The parsed input. Requests with the same idempotency key must have the same. */
  readonly input: unknown;
  readonly keys: readonly DocKey<unknown>[];
  readonly handle: (exchange: Exchange) => Promise<unknown>;
}

/** A refusal that an endpoint declares, with its status and message from the desk's table. */
export interface DeclaredRefusal {
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

/** An endpoint as the server sees it, without its own types. */
export interface Endpoint extends Declaration {
  readonly roles: readonly string[] | 'public';
  /** The refusals of the desk's own table that it may respond with. */
  readonly refusals: readonly DeclaredRefusal[];
  readonly input: InputSchemas;
  /** The schema of the data, without the desk's envelope. */
  readonly output: z.ZodType;
  /** 403 for a person without access or with another role. */
  readonly admit: (principal: Principal | undefined) => Problem | undefined;
  /** Parses the input: 404 for an impossible id, 400 that names each wrong field. */
  readonly prepare: (raw: Raw) => Prepared | Problem;
}

/** Whether a success may change something, as it does of one GET: the contract's logout. */
export const isChange = ({ method, cost }: Endpoint): boolean =>
  method !== 'get' || cost.writes > 0;
