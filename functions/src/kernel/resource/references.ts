import { isId } from '../store/ids.ts';
import { z } from 'zod';
import type { FieldError } from '../problem.ts';
import type { Collection } from '../store/collection.ts';
import type { DocKey, Fields, Reads } from '../store/document.ts';
import { fieldOf } from '../store/page.ts';
import { reservationOf } from '../store/unique.ts';
import type { ReferenceTo } from './declaration.ts';

const text = z.string().trim().max(200);

/** Another record, by its id or unique name, or as an object with either; '' and null: none. */
export const referenceSchema = z.union([
  text,
  z
    .object({ id: text.optional(), name: text.optional() })
    .refine(({ id, name }) => Boolean(id || name), 'Send an id or a name.'),
]);

/** What such a field asks for: nothing where both are empty. */
const askedSchema = z
  .union([
    z.number().transform((id) => ({ id: String(id), name: '' })),
    z.string().transform((word) => ({ id: word, name: word })),
    z.object({ id: z.string().default(''), name: z.string().default('') }),
  ])
  .catch({ id: '', name: '' });

/** One field of a request that names another record. */
export interface Reference {
  readonly field: string;
  readonly one: string;
  readonly to: Collection<unknown>;
  readonly isNamed: boolean;
  /** The record, if what is sent is its id. */
  readonly direct: DocKey<unknown> | undefined;
  /** The reservation under which it is found, if what is sent is its name. */
  readonly reservation: ReturnType<typeof reservationOf> | undefined;
}

/** What is asked for by those fields that were sent; the other ones stay as they are. */
export const referencesIn = (
  fields: Readonly<Record<string, ReferenceTo<unknown, Fields>>>,
  given: object,
  sent: object,
): Reference[] =>
  Object.entries(fields)
    .filter(([field]) => field in sent)
    .map(([field, { to, one, within }]) => {
      const { id, name } = askedSchema.parse(fieldOf(given, field));
      const scope = within === undefined ? [] : [String(fieldOf(given, within))];
      return {
        field,
        one: [one, ...scope].join(` in the ${within} `),
        to,
        isNamed: id !== '' || name !== '',
        direct: isId(id) ? to.doc(id) : undefined,
        reservation: name === '' ? undefined : reservationOf([to.name, 'name', ...scope, name]),
      };
    });

/** First of two steps: whether the words are ids, and who has them as names. */
export const lookupKeys = (references: readonly Reference[]): DocKey<unknown>[] =>
  references.flatMap(({ direct, reservation }) => [direct ?? [], reservation ?? []].flat());

const holderOf = ({ to, reservation }: Reference, reads: Reads): DocKey<unknown> | undefined => {
  const holder = reservation === undefined ? undefined : reads.get(reservation)?.data.holder;
  return holder === undefined ? undefined : to.doc(holder);
};

/** Second step: the records themselves. `reads` has the keys of the first. */
export const targetKeys = (references: readonly Reference[], reads: Reads): DocKey<unknown>[] =>
  references.flatMap((each) => holderOf(each, reads) ?? []);

/** The record that a reference means: an id comes before a name. */
const targetOf = (reference: Reference, reads: Reads): DocKey<unknown> | undefined =>
  [reference.direct, holderOf(reference, reads)].find(
    (key) => key !== undefined && reads.get(key) !== undefined,
  );

/** What is wrong with a field that names nothing there is. */
export const unknownError = ({ field, one }: Pick<Reference, 'field' | 'one'>): FieldError => ({
  path: field,
  message: `There is no such ${one}.`,
});

/** What references lead to. */
export interface Links {
  /** Undefined where the field was not sent, null where it asks for none. */
  readonly idOf: (field: string) => string | null | undefined;
  /** Fields that name nothing there is. */
  readonly unknown: readonly FieldError[];
}

/** Follows references. `reads` has the keys of both steps. */
export const follow = (references: readonly Reference[], reads: Reads): Links => {
  const found = references.map((each) => ({
    ...each,
    target: each.isNamed ? targetOf(each, reads) : null,
  }));
  return {
    idOf: (field) => {
      const target = found.find((each) => each.field === field)?.target;
      return target === null ? null : target?.id;
    },
    unknown: found.filter(({ target }) => target === undefined).map(unknownError),
  };
};
