import { type FieldError, invalid, type Problem } from '../../../kernel/problem.ts';
import type { DocKey, Fields, Loaded, Reads, Write } from '../../../kernel/store/document.ts';
import { claimOf, claimWrites, isTaken, type UniqueValue } from '../../../kernel/store/unique.ts';
import { cgs } from '../desk.ts';
import { keywordsOf } from '../domain/keywords.ts';
import type { Links } from './references.ts';
import { fieldOf, type Resource, type Stored, textOf } from './resource.ts';

const valueOf = (collection: string, fields: readonly string[], data: object): UniqueValue => [
  collection,
  fields.at(-1) ?? '',
  ...fields.map((field) => textOf(fieldOf(data, field))),
];

/** What a record, or the request for one, has for itself alone. */
export const uniquesOf = <G extends object, D extends Stored>(
  { collection, uniques }: Resource<G, D>,
  data: object,
): UniqueValue[] => uniques.map((fields) => valueOf(collection.name, fields, data));

export const uniqueKeys = <G extends object, D extends Stored>(
  resource: Resource<G, D>,
  data: object,
): DocKey<unknown>[] => uniquesOf(resource, data).map(claimOf);

/** Latitude and longitude as numbers, for maps to query, beside the text as given. */
const pointOf = (data: object) => {
  const [latitude, longitude] = textOf(fieldOf(data, 'coordinate')).split(',').map(Number);
  return 'coordinate' in data ? { latitude: latitude ?? null, longitude: longitude ?? null } : {};
};

/** As if no claim had been read. */
const NOBODY_CLAIMS: Reads = { get: () => undefined };

/** The document with what is derived from it: what it is found by, and where it is. */
const withDerived = <G extends object, D extends Stored>(resource: Resource<G, D>, data: D) => {
  const derived: Fields = { ...pointOf(data), keywords: keywordsOf(...resource.words(data)) };
  return { ...data, ...derived };
};

/** The writes of a record that is known to be new, for data that no request brings. */
export const creation = <G extends object, D extends Stored>(
  resource: Resource<G, D>,
  data: D,
): Write[] => [
  resource.collection.create(data.id, withDerived(resource, data)),
  ...claimWrites(NOBODY_CLAIMS, data.id, [], uniquesOf(resource, data)),
];

const takenBy = <G extends object, D extends Stored>(
  { one, uniques }: Resource<G, D>,
  wants: readonly UniqueValue[],
  isFree: (value: UniqueValue) => boolean,
): FieldError[] =>
  wants.flatMap((value, index) => {
    const path = uniques[index]?.at(-1) ?? '';
    return isFree(value) ? [] : [{ path, message: `Another ${one} has this ${path}.` }];
  });

/** What a record is settled with: where it stands in the store, and what its words lead to. */
export interface Settling<D extends Stored> {
  readonly id: string;
  readonly before: Loaded<D> | undefined;
  readonly now: Date;
  readonly links: Links;
  /** Has the claims of what is given. */
  readonly reads: Reads;
}

export type Settled<D> =
  | { readonly data: D; readonly writes: readonly Write[]; readonly touches: readonly Write[] }
  | { readonly invalid: readonly FieldError[] }
  | { readonly taken: readonly FieldError[] };

/** Pure: the whole write of a record that is created or changed, or what stands against it. */
export const settle = <G extends object, D extends Stored>(
  resource: Resource<G, D>,
  given: G,
  { id, before, now, links, reads }: Settling<D>,
): Settled<D> => {
  if (links.unknown.length > 0) return { invalid: links.unknown };
  const stored = { id, createdAt: before?.data.createdAt ?? now, updatedAt: now };
  const data = resource.make(given, stored, links.linked, before?.data);
  const wrong = resource.check?.(data) ?? [];
  if (wrong.length > 0) return { invalid: wrong };
  const wants = uniquesOf(resource, data);
  const taken = takenBy(resource, wants, (value) => !isTaken(reads, value, id));
  if (taken.length > 0) return { taken };
  const had = before === undefined ? [] : uniquesOf(resource, before.data);
  const fields = withDerived(resource, data);
  return {
    data,
    writes: [
      before === undefined
        ? resource.collection.create(id, fields)
        : resource.collection.update(before, fields),
      ...claimWrites(reads, id, had, wants),
    ],
    touches: links.touches,
  };
};

/** What stands against a record, on its way to the caller. */
export const refusalOf = (
  settled: { readonly invalid: readonly FieldError[] } | { readonly taken: readonly FieldError[] },
): Problem =>
  'invalid' in settled ? invalid(settled.invalid) : cgs.refuse('master/taken', settled.taken);
