import { z } from 'zod';
import type { Cost } from '../../../kernel/http/endpoint.ts';
import type { FieldError } from '../../../kernel/problem.ts';
import type { Collection } from '../../../kernel/store/collection.ts';
import type { Fields } from '../../../kernel/store/document.ts';
import type { Alternative, Query } from '../../../kernel/store/query.ts';
import type { Person } from '../domain/schemas.ts';
import type { Linked, Reference } from './references.ts';

/** What every record of master data has besides its own fields. */
export interface Stored {
  readonly id: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The same on the wire. */
export const storedWire = {
  id: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};

/** Documents that a record may not be deleted under. */
export interface Usage {
  /** `clients`: names the list in the details of a refusal. */
  readonly by: string;
  readonly of: (id: string) => Alternative<object>;
  /** The field by which people know the document. */
  readonly label: string;
}

/**
 * One kind of master data: all that sets it apart from the others. `G` is what a request gives of
 * it, `D` the document.
 */
export interface Resource<G extends object, D extends Stored> {
  /** `/areas` */
  readonly path: string;
  /** `area` and `areas`, for people to read. */
  readonly one: string;
  readonly many: string;
  /** The contract's section. */
  readonly contract: string;
  readonly collection: Collection<D, { readonly list: Query<D> }>;
  /** `POST`, and each row of an import. Its output must be good input again. */
  readonly body: z.ZodType<G> & { readonly shape: object };
  /** `PUT`: what is left out stays. */
  readonly patch: z.ZodType<object>;
  readonly wire: z.ZodType;
  /** The record's own part of an answer, where it differs from the document. */
  readonly answer?: (data: D) => object;
  /** The document in the words of a request. */
  readonly given: (data: D) => Fields;
  readonly make: (given: G, stored: Stored, linked: Linked, before: D | undefined) => D;
  /** What must hold between fields, beyond the schema. */
  readonly check?: (data: D) => readonly FieldError[];
  /**
   * Fields that no two records share; the last one of each list is refused, within the others.
   * The first list identifies a record when it is imported again.
   */
  readonly uniques: readonly [readonly string[], ...(readonly string[])[]];
  readonly references?: (given: G) => readonly Reference[];
  /** What a search finds it by. */
  readonly words: (data: D) => readonly string[];
  readonly sortBy: string;
  /** List filters: equality with the field of the same name. */
  readonly filters?: Readonly<Record<string, z.ZodOptional>>;
  readonly readers: readonly Person['role'][];
  /** Whether NOC sees its own region's records alone. */
  readonly isRegional?: boolean;
  readonly usedBy: readonly Usage[];
  /** Fields that stay as they are while the record is in use. */
  readonly fixedInUse?: readonly string[];
  /** Columns of a CSV file that hold numbers. */
  readonly numeric?: readonly string[];
  readonly samples: Samples;
}

/** Requests that work, with the situations in which they do, and what they cost. */
export interface Samples {
  /** The situation with such a record, whose id is the path's. */
  readonly given: string;
  /** The situation in which the names of `body` are free and its references exist. */
  readonly free: string;
  readonly body: Fields;
  readonly patch: Fields;
  readonly csv: string;
  readonly costs: Readonly<Record<'create' | 'update' | 'remove' | 'import', Cost>>;
}

/** A document as it goes out: dates become ISO strings; bookkeeping is left to the wire schema. */
export const toWire = <G extends object, D extends Stored>(
  resource: Resource<G, D>,
  data: D,
): object => ({
  ...data,
  ...resource.answer?.(data),
  createdAt: data.createdAt.toISOString(),
  updatedAt: data.updatedAt.toISOString(),
});

/** A field by a name that a declaration gives. */
export const fieldOf = (data: object, name: string): unknown =>
  Object.entries(data).find(([key]) => key === name)?.[1];

/** A plain value as text; nothing for what is none. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** The first thing wrong with each field. */
const messagesOf = ({ issues }: z.ZodError): FieldError[] =>
  [...Map.groupBy(issues, ({ path }) => path.map(String).join('.') || 'body')].flatMap(
    ([path, [first]]) => (first === undefined ? [] : [{ path, message: first.message }]),
  );

/** What was known with what is given now on top of it, held against the resource's schema. */
export const merge = <G extends object, D extends Stored>(
  resource: Resource<G, D>,
  before: D | undefined,
  given: object,
): { readonly given: G } | { readonly errors: readonly FieldError[] } => {
  const known = before === undefined ? {} : resource.given(before);
  const parsed = resource.body.safeParse({ ...known, ...given });
  return parsed.success ? { given: parsed.data } : { errors: messagesOf(parsed.error) };
};
