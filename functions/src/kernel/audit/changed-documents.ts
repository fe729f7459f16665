import { isDeepStrictEqual } from 'node:util';
import { isRecord, type Write } from '../store/document.ts';
import { fieldOf } from '../store/page.ts';
import type { ChangedDocument, ChangedField } from './collection.ts';
import { BOOKKEEPING, LEFT_OUT, SECRETS, withoutSecrets } from './left-out.ts';

/** A longer value is cut to its first characters. */
const LONGEST_VALUE = 500;

const cut = (text: string): string =>
  text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE).toWellFormed()}…`;

/** A value as JSON; one that is too long as the beginning of its text. */
const bounded = (value: unknown): unknown => {
  if (value === undefined) return null;
  if (typeof value === 'string') return cut(value);
  const text = JSON.stringify(value, withoutSecrets);
  return text.length <= LONGEST_VALUE ? JSON.parse(text) : cut(text);
};

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isRecord(value) && Object.keys(value).length > 0;

/** Whether two values are compared field by field. */
const areMaps = (from: unknown, to: unknown): boolean =>
  (isMap(from) && (isMap(to) || to == null)) || (isMap(to) && from == null);

const compare = (field: string, from: unknown = null, to: unknown = null): ChangedField[] => {
  if (isDeepStrictEqual(from, to)) return [];
  if (!areMaps(from, to)) return [{ field, from: bounded(from), to: bounded(to) }];
  const names = new Set([from, to].flatMap((map) => Object.keys(map ?? {})));
  return [...names]
    .filter((name) => !SECRETS.has(name))
    .flatMap((name) => compare(`${field}.${name}`, fieldIn(from, name), fieldIn(to, name)));
};

const fieldIn = (data: unknown, name: string): unknown => (isRecord(data) ? data[name] : undefined);

const changedFields = (names: readonly string[], from: unknown, to: unknown): ChangedField[] =>
  names
    .filter((name) => !LEFT_OUT.has(name) && !SECRETS.has(name))
    .flatMap((name) => compare(name, fieldIn(from, name), fieldIn(to, name)));

const namesOf = (data: unknown): readonly string[] => (isRecord(data) ? Object.keys(data) : []);

/** What a write does to the fields of a document; undefined for one that entries leave out. */
const changedBy = (write: Write): ChangedDocument | undefined => {
  const { op, path } = write;
  if (BOOKKEEPING.has(path.split('/')[0] ?? '')) return undefined;
  switch (op) {
    case 'create':
      return { path, op, fields: changedFields(namesOf(write.data), undefined, write.data) };
    case 'update':
      return { path, op, fields: changedFields(namesOf(write.data), write.before, write.data) };
    case 'delete':
      // What was not read is no record: a mark, or a part of one.
      return write.before === undefined
        ? undefined
        : { path, op, fields: changedFields(namesOf(write.before), write.before, undefined) };
    case 'patch':
    case 'count':
      return undefined;
  }
};

/**
 * The documents that writes change, in their order, each with the fields that differ. Fields of a map
 * are compared one by one: `access.cgs.role`.
 */
export const changedDocuments = (writes: readonly Write[]): ChangedDocument[] =>
  writes.flatMap((write) => changedBy(write) ?? []);

/** What people call a record, under the names that desks have for it. */
const TITLES = ['ticketId', 'title', 'name', 'indication', 'descripcion', 'email'] as const;

/** The title of the document at a path, as it is after the writes, or was before its deletion. */
export const titleOf = (path: string, writes: readonly Write[]): string | null => {
  const write = writes.find((each) => each.path === path);
  const before = write !== undefined && 'before' in write ? write.before : {};
  const data = { ...Object(before), ...(write !== undefined && 'data' in write && write.data) };
  const title = TITLES.map((name) => fieldOf(data, name)).find((it) => typeof it === 'string');
  return typeof title === 'string' ? cut(title) : null;
};
