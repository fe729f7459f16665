import { z } from 'zod';
import type { FieldError, Problem } from '../problem.ts';
import type { Fields, Reads } from '../store/document.ts';
import { fieldOf } from '../store/page.ts';
import type { Common, Declaration, Stored } from './declaration.ts';
import { sealedEditBody } from '../http/edit-body.ts';
import { type Links, type Reference, referencesIn } from './references.ts';

/** A record that a request asks for: checked against the schema, its references not looked up. */
export interface Draft<D extends Stored> {
  readonly given: object;
  readonly references: readonly Reference[];
  readonly make: (stored: Stored<D['id']>, reads: Reads, links: Links) => D;
}

export type Drafted<D extends Stored> = Draft<D> | { readonly errors: readonly FieldError[] };

/** A declaration without the types of its requests, as the endpoints use it. */
export interface Kind<A, D extends Stored> extends Common<A, D> {
  readonly post: z.ZodType<object>;
  readonly put: z.ZodType<object>;
  /** The fields that a `PUT` can change. */
  readonly patch: { readonly shape: object };
  /** The fields of a `POST`, which are the columns of a CSV file. */
  readonly columns: readonly string[];
  readonly numeric: readonly string[];
  /** Those that name another record. */
  readonly referring: readonly string[];
  readonly given: (data: D) => Fields;
  readonly toWire: (data: D) => object;
  readonly keywords?: (data: D) => readonly string[];
  /** A draft of the record with the sent fields; the other ones are taken from `before`. */
  readonly draft: (sent: object, before: D | undefined) => Drafted<D>;
  readonly uniques: readonly (readonly (keyof D & string)[])[];
  /** The `uniques` that a `PUT` may change. */
  readonly changeable: readonly (readonly string[])[];
  readonly place?: {
    readonly query: z.core.$ZodShape;
    readonly refuse: (actor: A, sent: object) => Problem | undefined;
    readonly equal: (sent: object) => Fields;
  };
}

/** The named fields of an object, as far as it has them. */
const pick = (data: object, names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(data).filter(([name]) => names.includes(name)));

/** The first error of each field. */
const messagesOf = ({ issues }: z.ZodError): FieldError[] =>
  [...Map.groupBy(issues, ({ path }) => path.map(String).join('.') || 'body')].flatMap(
    ([path, [first]]) => (first === undefined ? [] : [{ path, message: first.message }]),
  );

/** A document with ISO strings for its two dates. The wire schema drops fields that it lacks. */
export const withIsoDates = <D extends Stored>(data: D) => ({
  ...data,
  createdAt: data.createdAt.toISOString(),
  updatedAt: data.updatedAt.toISOString(),
});

const draftOf = <
  D extends Stored,
  G extends object,
  R extends { readonly [F in keyof G]?: unknown },
>(
  {
    body,
    references,
    make,
  }: Pick<Declaration<never, never, never, D, G, R, never>, 'body' | 'references' | 'make'>,
  asked: Fields,
  sent: object,
  before: D | undefined,
): Drafted<D> => {
  const parsed = body.safeParse(asked);
  if (!parsed.success) return { errors: messagesOf(parsed.error) };
  return {
    given: parsed.data,
    references: referencesIn(references ?? {}, parsed.data, sent),
    make: (stored, reads, links) =>
      make(parsed.data, stored, {
        before,
        linked: (field, copy, known) => {
          const id = links.idOf(String(field));
          if (id === undefined) return known ?? null;
          const to = references?.[field].to;
          const target = id === null ? undefined : to && reads.get(to.doc(id));
          return target === undefined ? null : copy(target.data);
        },
      }),
  };
};

/** Makes the kind of a declaration. */
export const kindOf = <
  A,
  D extends Stored,
  G extends object,
  R extends { readonly [F in keyof G]?: unknown },
  P extends object,
>(
  declaration: Declaration<A, string, string, D, G, R, P>,
  keywordsOf: (...texts: readonly string[]) => readonly string[] = () => [],
): Kind<A, D> => {
  const { body, patch, references = {}, place, make: _, given: told, ...common } = declaration;
  const columns = Object.keys(body.shape);
  const given = (data: D): Fields => pick(told?.(data) ?? data, columns);
  const { uniques = [], words } = common;
  return {
    ...common,
    uniques,
    columns,
    numeric: columns.filter((name) => fieldOf(body.shape, name) instanceof z.ZodNumber),
    referring: Object.keys(references),
    post: place === undefined ? body : z.strictObject({ ...place.body.shape, ...body.shape }),
    put: sealedEditBody(patch, common.wire),
    patch,
    given,
    toWire: common.toWire ?? withIsoDates,
    ...(words && { keywords: (data: D) => keywordsOf(...words(data)) }),
    changeable: uniques.filter((fields) => fields.some((field) => field in patch.shape)),
    draft: (sent, before) => {
      const known = before === undefined ? {} : given(before);
      return draftOf(declaration, { ...known, ...pick(sent, columns) }, sent, before);
    },
    ...(place && {
      place: {
        query: place.query,
        refuse: (actor, sent) => place.refuse(actor, place.body.parse(sent)),
        equal: (sent) => place.equal(place.body.parse(sent)),
      },
    }),
  };
};
