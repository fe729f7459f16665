import { uploadIn } from '../media-path.ts';
import type { DocKey } from '../store/document.ts';
import { type Media, media } from './collection.ts';

/** A photo or film that a request names, and the field that names it: `imageUrls.0`. */
export interface NamedMedia {
  readonly field: string;
  readonly value: string;
}

/** What a field names; a field that is left out, or empty, names nothing. */
export const namedIn = (
  field: string,
  value: string | readonly string[] | null | undefined,
): readonly NamedMedia[] => {
  if (value == null) return [];
  if (typeof value === 'string') return [{ field, value }];
  return value.map((each, index) => ({ field: `${field}.${index}`, value: each }));
};

/** The documents of the uploads that are named, to be read with what names them. */
export const mediaKeys = (named: readonly NamedMedia[]): readonly DocKey<Media>[] => {
  const ids = new Set(named.flatMap(({ value }) => uploadIn(value) ?? []));
  return [...ids].map((id) => media.doc(id));
};

/** Whether a host is one of these, or below one of them. */
const isAmong = (host: string, hosts: readonly string[]): boolean =>
  hosts.some((each) => host === each || host.endsWith(`.${each}`));

/** Stands for this host when a path is read as a page reads it; nobody can have such a name. */
const HERE = 'https://here.invalid';

/** Whether a file is on another host, as at least one way to read its URL has it: `//host/x` is. */
const isForeign = (value: string, hosts: readonly string[]): boolean => {
  const url = URL.parse(value) ?? URL.parse(value, HERE);
  if (url?.origin === HERE) return false;
  // In `https://good.example\@evil.example`, not all apps see the same host.
  const isPlain = !/[\s\\]/.test(value) && url?.username === '' && url.password === '';
  return !isPlain || !isAmong(url.hostname, hosts);
};

/** The first file elsewhere whose host is not accepted. A path without a host has none to refuse. */
export const foreignIn = (
  named: readonly NamedMedia[],
  hosts: readonly string[],
): NamedMedia | undefined => named.find(({ value }) => isForeign(value, hosts));
