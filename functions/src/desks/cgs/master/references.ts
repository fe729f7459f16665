import { z } from 'zod';
import type { FieldError } from '../../../kernel/problem.ts';
import type { Collection } from '../../../kernel/store/collection.ts';
import type { DocKey, Reads, Write } from '../../../kernel/store/document.ts';
import { claimOf, type UniqueValue } from '../../../kernel/store/unique.ts';

const text = z.string().trim().max(200);

/** Another record, by its id or unique name, or as an object with either; '' and null: none. */
export const referenceSchema = z.union([
  text,
  z
    .object({ id: text.optional(), name: text.optional() })
    .refine(({ id, name }) => Boolean(id || name), 'Send an id or a name.'),
]);

export type Asked = z.output<typeof referenceSchema> | null | undefined;

/** One field of a request that names another record. */
export interface Reference {
  readonly field: string;
  /** `ISP`, for people to read. */
  readonly one: string;
  readonly to: Collection<unknown>;
  readonly asked: Asked;
  /** What the name is unique within, such as the region of an area. */
  readonly within?: readonly string[];
}

const wordsOf = (asked: Asked) =>
  typeof asked === 'string' ? { id: asked, name: asked } : { id: asked?.id, name: asked?.name };

const isNamed = ({ asked }: Reference): boolean => {
  const { id, name } = wordsOf(asked);
  return Boolean(id || name);
};

/** The claim under which a record of this name is found. */
const claimFor = ({ to, within = [], asked }: Reference) => {
  const { name } = wordsOf(asked);
  const value: UniqueValue = [to.name, 'name', ...within, name ?? ''];
  return name ? claimOf(value) : undefined;
};

const directKey = ({ to, asked }: Reference): DocKey<unknown> | undefined => {
  const { id } = wordsOf(asked);
  return id && /^[\w-]{1,128}$/.test(id) ? to.doc(id) : undefined;
};

/** First of two steps: whether the words are ids, and who has them as names. */
export const lookupKeys = (references: readonly Reference[]): DocKey<unknown>[] =>
  references.filter(isNamed).flatMap((each) => {
    const keys: (DocKey<unknown> | undefined)[] = [directKey(each), claimFor(each)];
    return keys.flatMap((key) => key ?? []);
  });

const holderOf = (reference: Reference, reads: Reads): DocKey<unknown> | undefined => {
  const claim = claimFor(reference);
  const holder = claim === undefined ? undefined : reads.get(claim)?.data.holder;
  return holder === undefined ? undefined : reference.to.doc(holder);
};

/** Second step: the records themselves. `reads` has the keys of the first. */
export const targetKeys = (references: readonly Reference[], reads: Reads): DocKey<unknown>[] =>
  references.filter(isNamed).flatMap((each) => holderOf(each, reads) ?? []);

/** The record that a reference means: an id comes before a name. */
const targetOf = (reference: Reference, reads: Reads): DocKey<unknown> | undefined =>
  [directKey(reference), holderOf(reference, reads)].find(
    (key) => key !== undefined && reads.get(key) !== undefined,
  );

/** The records that a request names, by field. */
export interface Linked {
  /** Undefined where the field does not ask anew, null where it asks for none. */
  get<T>(field: string, to: Collection<T>): T | null | undefined;
}

export interface Links {
  readonly linked: Linked;
  /** Fields that name nothing there is. */
  readonly unknown: readonly FieldError[];
  /** Keeps the named records from being deleted at the same moment. */
  readonly touches: readonly Write[];
}

/** What references lead to. `reads` has the keys of both steps. */
export const follow = (references: readonly Reference[], reads: Reads, now: Date): Links => {
  const found = new Map<string, DocKey<unknown> | null>();
  const unknown: FieldError[] = [];
  for (const each of references) {
    const key = isNamed(each) ? targetOf(each, reads) : null;
    if (key !== undefined) found.set(each.field, key);
    else unknown.push({ path: each.field, message: `There is no such ${each.one}.` });
  }
  const touches = [...found.values()].flatMap((key): Write[] =>
    key === null ? [] : [{ op: 'touch', path: key.path, data: { referencedAt: now } }],
  );
  return {
    unknown,
    touches,
    linked: {
      get: (field, to) => {
        const key = found.get(field);
        if (key === undefined || key === null) return key;
        return reads.get(to.doc(key.id))?.data;
      },
    },
  };
};
