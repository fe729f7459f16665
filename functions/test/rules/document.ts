/** A document that the tests read: the backend writes it before they start. */
export type Document = { readonly path: string; readonly data: Readonly<Record<string, unknown>> };

/** The top-level collection of a path. */
export const rootOf = (path: string): string => path.split('/')[0] ?? path;

/** Subcollections of readable documents, and collections of the same names elsewhere. */
export const aroundReadable = (collections: readonly string[]): readonly string[] => [
  ...collections.map((collection) => `${collection}/one/parts/one`),
  ...collections.map((collection) => `archive/one/${collection}/one`),
];

/** Documents whose content does not matter, only who may read them. */
export const plainDocuments = (paths: readonly string[]): readonly Document[] =>
  paths.map((path) => ({ path, data: { name: 'One' } }));

/** Documents that no client of any desk reads. */
export const SECRET: readonly string[] = [
  'grants/one',
  'idempotency/one',
  'attempts/one',
  'askedMails/one',
  'settings/sla',
  'counters/one',
  'statsShares/one',
  'uniques/one',
  'changes/one',
  'archive/areas-one',
  'copyRuns/one',
  'audit/one',
  'webhooks/one',
  'webhookDeliveries/one',
  'pushTokens/one',
  'unknown/one',
];
