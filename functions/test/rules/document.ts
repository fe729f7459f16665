/** A document that the tests read: the backend writes it before they start. */
export type Document = { readonly path: string; readonly data: Readonly<Record<string, unknown>> };

/** The collection at the root that a path begins with. */
export const rootOf = (path: string): string => path.split('/')[0] ?? path;

/** What lies below documents of readable collections, and collections of their name elsewhere. */
export const aroundReadable = (collections: readonly string[]): readonly string[] => [
  ...collections.map((collection) => `${collection}/one/parts/one`),
  ...collections.map((collection) => `archive/one/${collection}/one`),
];

/** Documents of which it matters only whether they are read. */
export const plainDocuments = (paths: readonly string[]): readonly Document[] =>
  paths.map((path) => ({ path, data: { name: 'One' } }));

/** What no client reads, whatever their desk. */
export const SECRET: readonly string[] = [
  'sessions/one',
  'idempotency/one',
  'signIns/one',
  'settings/sla',
  'counters/one',
  'statsShares/one',
  'uniques/one',
  'unknown/one',
];
