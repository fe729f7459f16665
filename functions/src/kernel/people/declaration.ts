import { z } from 'zod';
import type { Grant } from '../auth/grant.ts';
import type { GrantRules } from '../auth/grants.ts';
import type { Desk } from '../http/desk.ts';
import type { FieldError } from '../problem.ts';
import type { Bounds } from '../resource/reach.ts';
import type { Collection } from '../store/collection.ts';
import type { Query } from '../store/query.ts';

/**
 * How a desk runs its own people: who may, whom they reach, and what they may give. `A` is the
 * caller, `S` the schema of an access to the desk.
 */
export interface Declaration<A, Role extends string, S extends z.ZodObject, D extends Grant> {
  /** The desk's name in `grants/{uid}.access`. */
  readonly desk: string;
  readonly access: S;
  readonly rules?: GrantRules;
  readonly roles: readonly Role[];
  /** Whether one of these may read or change people; by default all of them may do both. */
  readonly admits?: (actor: A, what: 'read' | 'change') => boolean;
  /** `grants/{uid}` of the desk's people; its query `list` compares the fields of `reach`. */
  readonly collection: Collection<D, { readonly list: Query<D> }>;
  /** The people that the caller reaches, by fields that the store can look up. */
  readonly reach: Bounds<A>;
  /** Whether somebody with this access is out of reach all the same. */
  readonly isHidden?: (actor: A, access: z.output<S>) => boolean;
  /** What of an access the caller may not give. Nor may they change people who have it. */
  readonly errorsOf: (actor: A, access: z.output<S>) => readonly FieldError[];
  /** Filters of the list, by the name of the access's field. */
  readonly filters: z.core.$ZodShape;
  readonly workOf?: NonNullable<Desk['workOf']>;
  readonly samples: {
    readonly as: Role;
    /** The situation with a person whom the caller may change. */
    readonly given: string;
    /** The situation in which the address of `register` is free. */
    readonly free: string;
    readonly register: { readonly email: string; readonly access: z.input<S> };
  };
}

/** A field of a schema without its default, so that what a request leaves out stays as it is. */
const undefaulted = (schema: z.core.$ZodType): z.core.$ZodType =>
  schema instanceof z.ZodDefault ? schema.unwrap() : schema;

/** The schema of a change of an access: any of its fields. */
export const accessPatch = ({ shape }: z.ZodObject): z.ZodObject =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(shape).map(([name, schema]) => [name, z.optional(undefaulted(schema))]),
    ),
  );
