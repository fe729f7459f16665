import type { FieldError } from '../problem.ts';
import type { DocKey, Fields, Loaded, Reads, Write } from '../store/document.ts';
import { fieldOf } from '../store/page.ts';
import { reservationOf, reservationWrites, isTaken, type UniqueValue } from '../store/unique.ts';
import type { Reason, Stored } from './declaration.ts';
import type { Draft, Kind } from './kind.ts';
import { follow } from './references.ts';

/** The kind of a record, whoever asks for it. */
export type KindOf<D extends Stored> = Kind<never, D>;

/** A plain value as text; nothing for what is none. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** What a record, or the request for one, has for itself alone. */
export const uniquesOf = <D extends Stored>(
  { collection, uniques }: KindOf<D>,
  data: object,
  lists: readonly (readonly string[])[] = uniques,
): UniqueValue[] =>
  lists.map((fields) => [
    collection.name,
    fields.at(-1) ?? '',
    ...fields.map((field) => textOf(fieldOf(data, field))),
  ]);

/** The reservations of a new record; of one that is there, those that a change may move. */
export const reservationKeys = <D extends Stored>(
  kind: KindOf<D>,
  data: object,
  isNew: boolean,
): DocKey<unknown>[] =>
  uniquesOf(kind, data, isNew ? kind.uniques : kind.changeable).map(reservationOf);

/** The document with what is derived from it: what it is found by, and the like. */
const withDerived = <D extends Stored>({ derived, keywords }: KindOf<D>, data: D) => {
  const more: Fields = { ...derived?.(data), ...(keywords && { keywords: keywords(data) }) };
  return { ...data, ...more };
};

/** The writes of a record that is known to be new and right, such as demo data. */
export const creation = <D extends Stored>(kind: KindOf<D>, data: D): Write[] => {
  const nothingReserved: Reads = { get: () => undefined };
  const id = String(data.id);
  return [
    kind.collection.create(id, withDerived(kind, data)),
    ...reservationWrites(nothingReserved, id, [], uniquesOf(kind, data)),
  ];
};

const takenBy = <D extends Stored>(
  kind: KindOf<D>,
  data: D,
  isFree: (value: UniqueValue) => boolean,
  lists: readonly (readonly string[])[],
): FieldError[] => {
  const others = (kind.builtIn ?? []).filter(({ id }) => id !== data.id);
  const builtIn = others
    .flatMap((each) => uniquesOf(kind, each))
    .map((it) => reservationOf(it).path);
  return uniquesOf(kind, data, lists).flatMap((value) => {
    const [, path = ''] = value;
    return isFree(value) && !builtIn.includes(reservationOf(value).path)
      ? []
      : [{ path, message: `Another ${kind.one} has this ${path}.` }];
  });
};

/** What the write of a record is planned from. */
export interface Planning<D extends Stored> {
  readonly before: Loaded<D> | undefined;
  readonly now: Date;
  /** The reservations of what is given, and what its references lead to. */
  readonly reads: Reads;
}

/** What stands against a record. */
export interface Refused {
  readonly reason: Reason;
  readonly errors: readonly FieldError[];
}

/** The whole write of a record under its id: its own and those of its reservations. */
export interface RecordPlan<D> {
  readonly data: D;
  readonly writes: readonly Write[];
}

const refusedFor = (reason: Reason, errors: readonly FieldError[] = []): Refused | undefined =>
  errors.length === 0 ? undefined : { reason, errors };

/**
 * Pure: what becomes of a record that is created, changed or imported; or what stands against it.
 *
 * @param id of the record; of a new one any will do, since its number comes with the commit
 */
export const planRecord = <D extends Stored>(
  kind: KindOf<D>,
  { make, references }: Draft<D>,
  id: D['id'],
  { before, now, reads }: Planning<D>,
): ((id: D['id']) => RecordPlan<D>) | Refused => {
  const lists = before === undefined ? kind.uniques : kind.changeable;
  const links = follow(references, reads);
  const createdAt = before?.data.createdAt ?? now;
  const under = (its: D['id']): D => make({ id: its, createdAt, updatedAt: now }, reads, links);
  const isFree = (value: UniqueValue) => !isTaken(reads, value, before?.id ?? '');
  const refused =
    refusedFor('unknown', links.unknown) ??
    refusedFor('invalid', kind.check?.(under(id))) ??
    refusedFor('taken', takenBy(kind, under(id), isFree, lists));
  if (refused !== undefined) return refused;
  const had = before === undefined ? [] : uniquesOf(kind, before.data, lists);
  return (its) => {
    const data = under(its);
    const fields = withDerived(kind, data);
    const write = kind.collection.put(String(its), before, fields);
    const reservations = reservationWrites(reads, String(its), had, uniquesOf(kind, data, lists));
    return { data, writes: [write, ...reservations] };
  };
};
