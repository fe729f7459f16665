import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { archivedKey } from '../../functions/src/kernel/resource/archive.ts';
import type { Collection } from '../../functions/src/kernel/store/collection.ts';
import type { DocKey } from '../../functions/src/kernel/store/document.ts';
import type { Setting } from '../../functions/src/kernel/store/setting.ts';

/** A document as the store has it: its data with Dates for timestamps. */
export interface Doc {
  readonly path: string;
  readonly id: string;
  readonly data: unknown;
  readonly createdAt: Date;
  /** When it was last written. */
  readonly updatedAt: Date;
}

/** What is wrong with a field of a document. */
export interface Fault {
  readonly field: string;
  readonly problem: string;
}

/** A fault and the document that has it. */
export interface Breach extends Fault {
  readonly document: string;
}

/** Looks up a document that the checked one refers to; undefined when it is missing or invalid. */
export type Found = <T>(key: DocKey<T>) => T | undefined;

/** A record that others refer to, and where it is once it is deleted. */
export const withArchived = <T>(key: DocKey<T>): readonly DocKey<T>[] => [key, archivedKey(key)];

/**
 * What a copy of a record must be; or that there is no such record, not even an archived one. `keys`
 * are those of `withArchived`. An archived record was deleted before its last copy was written, so
 * nobody keeps that copy up to date.
 */
export const expectCopy = <T>(
  field: string,
  copy: unknown,
  key: DocKey<T>,
  part: (source: T) => unknown,
  found: Found,
): Fault[] => {
  const source = found(key);
  if (source !== undefined) return expectSame(field, copy, part(source));
  const isArchived = found(archivedKey(key)) !== undefined;
  return expectThat(isArchived, field, `names ${key.path}, which is not there`);
};

/** A document that another one refers to, and what its copies of it must be. */
export interface Referred {
  readonly keys: readonly DocKey<unknown>[];
  readonly faults: (found: Found) => readonly Fault[];
}

/** What must hold of one document, given the documents that it refers to. */
export interface CollectionCheck {
  readonly collection: string;
  readonly refers: (doc: Doc) => readonly DocKey<unknown>[];
  readonly faults: (doc: Doc, found: Found, now: Date) => readonly Fault[];
}

/** What must hold between many documents: `see` gets each of them, `end` returns the breaches. */
export interface Across {
  readonly see: (doc: Doc) => void;
  readonly end: () => readonly Breach[];
}

/** The checks of one desk. */
export interface DeskChecks {
  /** Read in this order; a collection that is listed twice is read twice. */
  readonly collections: readonly CollectionCheck[];
  readonly across?: readonly (() => Across)[];
}

/** A schema's errors, one per field. */
export const issuesOf = (error: unknown): Fault[] =>
  error instanceof z.ZodError
    ? error.issues.map(({ path, message }) => ({
        field: path.map(String).join('.') || '*',
        problem: message,
      }))
    : [{ field: '*', problem: String(error) }];

/** A document's data, or why it does not fit its schema. */
export const readDoc = <T>(key: DocKey<T>, data: unknown): { data: T } | { faults: Fault[] } => {
  try {
    return { data: key.parse(data) };
  } catch (error) {
    return { faults: issuesOf(error) };
  }
};

/** The check of one collection: its documents fit their schema and keep the given rules. */
export const checkOf = <T>(
  collection: Pick<Collection<T>, 'name' | 'doc'>,
  rules: {
    readonly refers?: (data: T, doc: Doc) => readonly DocKey<unknown>[];
    readonly faults?: (data: T, doc: Doc, found: Found, now: Date) => readonly Fault[];
  } = {},
): CollectionCheck => ({
  collection: collection.name,
  refers: (doc) => {
    const read = readDoc(collection.doc(doc.id), doc.data);
    return 'data' in read ? (rules.refers?.(read.data, doc) ?? []) : [];
  },
  faults: (doc, found, now) => {
    const read = readDoc(collection.doc(doc.id), doc.data);
    if ('faults' in read) return read.faults;
    return rules.faults?.(read.data, doc, found, now) ?? [];
  },
});

/** The check of records whose document is named by their id or number. */
export const recordCheck = <T extends { readonly id: string | number }>(
  collection: Pick<Collection<T>, 'name' | 'doc'>,
): CollectionCheck =>
  checkOf(collection, { faults: ({ id }, doc) => expectSame('id', String(id), doc.id) });

/** The check of a desk's documents in `settings`; it passes over those of others. */
export const settingCheck = (
  ...settings: readonly Pick<Setting<unknown>, 'key'>[]
): CollectionCheck => ({
  collection: 'settings',
  refers: () => [],
  faults: ({ id, data }) => {
    const known = settings.find(({ key }) => key.id === id);
    const read = known && readDoc(known.key, data);
    return read !== undefined && 'faults' in read ? read.faults : [];
  },
});

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
};

/** A fault when a field is not what it should be. */
export const expectSame = (field: string, is: unknown, should: unknown): Fault[] =>
  isDeepStrictEqual(is, should)
    ? []
    : [{ field, problem: `is ${show(is)}, should be ${show(should)}` }];

/** A fault when something does not hold. */
export const expectThat = (holds: boolean, field: string, problem: string): Fault[] =>
  holds ? [] : [{ field, problem }];

/** Each field of `should` checked against the same field of `is`. */
export const expectFields = (is: object, should: object, prefix = ''): Fault[] => {
  const found = new Map<string, unknown>(Object.entries(is));
  return Object.entries(should).flatMap(([field, value]) =>
    expectSame(`${prefix}${field}`, found.get(field), value),
  );
};
