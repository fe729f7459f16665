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

/** How records get their ids; see `ids.ts`. */
export interface Ids<I> {
  readonly params: z.ZodType<{ readonly id: string }>;
  /** Gives each record the next number; undefined where ids are random. */
  readonly counter?: (now: Date) => Counter;
  /** The id of one new record, the same at each attempt; `n` is the counter's number, if any. */
  readonly reserve: (newId: () => string) => (n: number) => I;
}

type Name<T> = keyof T & string;

/** A query for documents that use a record, which then can not be deleted. */
export interface Usage<D> {
  readonly where: (record: D) => Alternative<unknown>;
  /** Names up to 20 of them in the refusal: under `by`, each with its id and this field. */
  readonly listed?: { readonly by: string; readonly label: string };
}

/** What a caller may see of each field: one of the values; undefined for all of them. */
export type Reach<A, D> = {
  readonly [F in Name<D>]?: (actor: A) => readonly D[F][] | undefined;
};

/** A field of a request that names another record, by its id or, within a scope, by its name. */
export interface ReferenceTo<T, Given> {
  readonly to: Collection<T>;
  /** `ISP`, for people to read. */
  readonly one: string;
  /** The field within whose value the name is unique, such as the region of an area. */
  readonly within?: Name<Given>;
}

/** Fields by which a request says where it acts: in the query of a list, and for a new record. */
export interface Place<A, Code extends string, D, P> {
  readonly body: z.ZodType<P> & { readonly shape: z.core.$ZodShape };
  readonly query: z.core.$ZodShape;
  /** Why the caller may not act there. */
  readonly refuse: (actor: A, place: P) => Problem | undefined;
  readonly refusals: readonly Code[];
  /** The fields of a record that a list compares with it. */
  readonly equal: (place: P) => Partial<D>;
}

/** Requests that work, and the situations in which they do. */
export interface Samples {
  /** The situation with such a record, which nothing uses and whose id is the path's. */
  readonly given: string;
  /** The situation in which `body` can be added. */
  readonly free?: string;
  /** What a list has to ask. */
  readonly query?: Readonly<Record<string, string>>;
  readonly body: Fields;
  readonly patch: Fields;
  /** For an import, where it is another record than `body`. */
  readonly csv?: string;
  /** Where they differ from what `costs.ts` expects. */
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

/** What sets a kind of records apart, whatever a request gives of it. */
export interface Common<A, D extends Stored> {
  /** `/areas` */
  readonly path: string;
  /** `area` and `areas`, for people to read. */
  readonly one: string;
  readonly many: string;
  /** The contract's section. */
  readonly contract: string;
  readonly ids: Ids<D['id']>;
  /** Its query `list` gives the order; a `words` field needs `keywords` among what it compares. */
  readonly collection: Collection<D, { readonly list: Query<D> }>;
  readonly wire: z.ZodType;
  /** The record for the wire, where it is more than ISO strings for the two dates. */
  readonly answer?: (data: D) => object;
  readonly reach?: Reach<A, D>;
  /** What a record is found by, where a list can be searched. */
  readonly words?: (data: D) => readonly string[];
  /** List filters: equality with the field of the same name. */
  readonly filters?: { readonly [F in Name<D>]?: z.ZodType };
  /** What must hold between fields, beyond the schema. */
  readonly check?: (data: D) => readonly FieldError[];
  /** What is written beside the document's own fields. */
  readonly derived?: (data: D) => Fields;
  /**
   * Fields that no two records share; the last one of each list is refused, within the others.
   * The first list identifies a record when it is imported again.
   */
  readonly uniques?: readonly (readonly Name<D>[])[];
  readonly usedBy?: readonly Usage<D>[];
  /** Fields that stay as they are while the record is in use. */
  readonly fixedInUse?: readonly Name<D>[];
  /** The desk's own records: they can not be deleted, and what they have is taken. */
  readonly builtIn?: readonly (Pick<D, 'id'> & Partial<D>)[];
  /** Documents that are created together with a record, where they are missing. */
  readonly beside?: {
    readonly keys: readonly DocKey<unknown>[];
    readonly writes: (reads: Reads, now: Date) => readonly Write[];
  };
  /** Whether there are an import and an export as CSV; ids must then be random. */
  readonly csv?: D['id'] extends string ? boolean : false;
  readonly samples: Samples;
}

/** What a record is made of, beside what the request gives. */
export interface Making<D, R> {
  /** The record as it is; undefined for a new one. */
  readonly before: D | undefined;
  /** A copy of what the field names now, else what was known; null for none. */
  readonly linked: <F extends keyof R, K>(
    field: F,
    copy: (target: R[F]) => K,
    known: K | null | undefined,
  ) => K | null;
}

/**
 * One kind of records: all that sets it apart from the others. `G` is what a request gives of it,
 * `D` the document, `R` the documents that it refers to, `P` the place that a request names.
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
  readonly writers: readonly Role[];
  /** `POST`, and each row of an import. Its output must be good input again. */
  readonly body: z.ZodType<G> & { readonly shape: z.core.$ZodShape };
  /** `PUT`: what is left out stays. */
  readonly patch: z.ZodType<{ readonly [F in keyof G]?: unknown }> & { readonly shape: object };
  /** The document in the words of a request, where the fields differ. */
  readonly given?: (data: D) => { readonly [F in keyof G]?: unknown };
  readonly make: (given: G, stored: Stored<D['id']>, making: Making<D, R>) => D;
  readonly references?: { readonly [F in keyof R]: ReferenceTo<R[F], G> };
  readonly place?: Place<A, Code, D, P>;
}
