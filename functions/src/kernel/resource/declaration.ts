import type { z } from 'zod';
import type { Cost } from '../http/endpoint.ts';
import type { FieldError, Problem } from '../problem.ts';
import type { Collection } from '../store/collection.ts';
import type { DocKey, Fields, Reads, Write } from '../store/document.ts';
import type { Counter } from '../store/group-commit.ts';
import type { Alternative, Query } from '../store/query.ts';

/** What every record has besides its own fields. */
export interface Stored<I extends string | number = string | number> {
  readonly id: I;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** How records of a kind get their ids; see `ids.ts`. */
export interface Ids<I> {
  readonly params: z.ZodType<{ readonly id: string }>;
  /** The counter that gives each record its number; undefined for random ids. */
  readonly counter?: (now: Date) => Counter;
  /**
   * Issues the id of one new record, which is the same at each attempt; `n` is the counter's
   * number, if there is a counter.
   */
  readonly issue: (newId: () => string) => (n: number) => I;
}

type Name<T> = keyof T & string;

/** A query for documents that use a record. A record in use can't be deleted. */
export interface Usage<D> {
  readonly where: (record: D) => Alternative<unknown>;
  /** Lists up to 20 of them in the refusal, under the name `by`, each with its id and `label`. */
  readonly listed?: { readonly by: string; readonly label: string };
}

/** The values of a field whose records a caller may see; undefined for all. */
export type Reach<A, D> = {
  readonly [F in Name<D>]?: (actor: A) => readonly D[F][] | undefined;
};

/** A field of a request that refers to another record by its id or its name. */
export interface ReferenceTo<T, Given> {
  readonly to: Collection<T>;
  /** `ISP`, for messages. */
  readonly one: string;
  /** The field that a name is unique within, such as the region of an area. */
  readonly within?: Name<Given>;
}

/** Fields that say where a request acts: in the query of a list, and in the body of a new record. */
export interface Place<A, Code extends string, D, P> {
  readonly body: z.ZodType<P> & { readonly shape: z.core.$ZodShape };
  readonly query: z.core.$ZodShape;
  /** A refusal when the caller may not act there. */
  readonly refuse: (actor: A, place: P) => Problem | undefined;
  readonly refusals: readonly Code[];
  /** The place as fields of a record, for the query of a list. */
  readonly equal: (place: P) => Partial<D>;
}

/** Requests that succeed, and the situations in which they do. */
export interface Samples {
  /** The situation with a record that nothing uses; its id is put into the path. */
  readonly given: string;
  /** The situation in which `body` can be added. */
  readonly free?: string;
  /** The query that a list needs. */
  readonly query?: Readonly<Record<string, string>>;
  readonly body: Fields;
  readonly patch: Fields;
  /** The file of an import; by default a row with the fields of `body`. */
  readonly csv?: string;
  /** Costs that differ from what `costs.ts` expects. */
  readonly costs?: Readonly<Partial<Record<'create' | 'update' | 'remove' | 'import', Cost>>>;
}

/** Why a request about a record is refused. */
export type Reason =
  | 'notFound'
  | 'invalid'
  | 'unknown'
  | 'taken'
  | 'inUse'
  | 'builtIn'
  | 'importRefused';

/** The part of a declaration that does not depend on the types of its requests. */
export interface Common<A, D extends Stored> {
  /** `/areas` */
  readonly path: string;
  /** `area` and `areas`, for summaries and messages. */
  readonly one: string;
  readonly many: string;
  /** The contract's section. */
  readonly contract: string;
  readonly ids: Ids<D['id']>;
  /** Its query `list` gives the order; with `words`, it must compare `keywords`. */
  readonly collection: Collection<D, { readonly list: Query<D> }>;
  readonly wire: z.ZodType;
  /** Makes the wire's form of a record; by default only the two dates become ISO strings. */
  readonly toWire?: (data: D) => object;
  readonly reach?: Reach<A, D>;
  /** The texts by which a list can be searched. */
  readonly words?: (data: D) => readonly string[];
  /** Filters of a list: each compares the field of the same name. */
  readonly filters?: { readonly [F in Name<D>]?: z.ZodType };
  /** Checks that the schema can't express. */
  readonly check?: (data: D) => readonly FieldError[];
  /** More fields that are written and not read back. */
  readonly derived?: (data: D) => Fields;
  /**
   * Lists of fields: no two records may have the same values in all fields of a list. A refusal
   * names the last field. The first list identifies a record that is imported again.
   */
  readonly uniques?: readonly (readonly Name<D>[])[];
  readonly usedBy?: readonly Usage<D>[];
  /** Fields that can't change while the record is in use. */
  readonly fixedInUse?: readonly Name<D>[];
  /** The desk's own records: they can't be deleted, and their unique values are taken. */
  readonly builtIn?: readonly (Pick<D, 'id'> & Partial<D>)[];
  /** Other documents that are created with a record if they are missing. */
  readonly beside?: {
    readonly keys: readonly DocKey<unknown>[];
    readonly writes: (reads: Reads, now: Date) => readonly Write[];
  };
  /** Whether there are an import and an export of CSV, which need random ids. */
  readonly csv?: D['id'] extends string ? boolean : false;
  readonly samples: Samples;
}

/** What `make` gets besides the fields of the request. */
export interface Making<D, R> {
  /** The record as it is; undefined for a new one. */
  readonly before: D | undefined;
  /**
   * A copy of the record that the field refers to, or `known` when the field was not sent; null
   * when the field is empty.
   */
  readonly linked: <F extends keyof R, K>(
    field: F,
    copy: (target: R[F]) => K,
    known: K | null | undefined,
  ) => K | null;
}

/**
 * Declares one kind of records. `G` is the fields that a request gives, `D` the document, `R` the
 * documents that it refers to, `P` the place that a request names.
 */
export interface Declaration<
  A,
  Role extends string,
  Code extends string,
  D extends Stored,
  G extends object,
  R extends { readonly [F in keyof G]?: unknown },
  P extends object,
> extends Common<A, D> {
  readonly readers: readonly Role[];
  /** Those who may read a record within their reach, but not list them. */
  readonly readersOfOne?: readonly Role[];
  readonly writers: readonly Role[];
  /** The body of a `POST` and of each row of an import. Its output must be valid input again. */
  readonly body: z.ZodType<G> & { readonly shape: z.core.$ZodShape };
  /** The body of a `PUT`: fields that are left out do not change. */
  readonly patch: z.ZodType<{ readonly [F in keyof G]?: unknown }> & { readonly shape: object };
  /** The document as the body of a request, where their fields differ. */
  readonly given?: (data: D) => { readonly [F in keyof G]?: unknown };
  readonly make: (given: G, stored: Stored<D['id']>, making: Making<D, R>) => D;
  readonly references?: { readonly [F in keyof R]: ReferenceTo<R[F], G> };
  readonly place?: Place<A, Code, D, P>;
}
