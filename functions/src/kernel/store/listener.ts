type Scalar = string | number | boolean | null;
export type Value = Scalar | readonly (string | number)[];
export type Filter = readonly [field: string, operator: '==' | '!=' | 'in', value: Value];

type Own = string | number;

/** The values that an app puts into its queries: of its user, or of the page's subject. */
export type Me = {
  readonly uid: string;
  readonly region: string;
  readonly companyId: Own;
  readonly communityId: Own;
  readonly residentId: Own;
  readonly idOrigen: string;
  readonly ispId: Own;
  readonly branchId: Own;
  readonly ticketId: Own;
  readonly incidentId: string;
};

/** Values that match nothing, for those that a desk's people do not have. */
export const NOTHING: Me = {
  uid: 'nobody',
  region: 'nowhere',
  companyId: 0,
  communityId: 0,
  residentId: 0,
  idOrigen: '0',
  ispId: 0,
  branchId: 0,
  ticketId: 0,
  incidentId: '0',
};

/**
 * A query that a desk's apps listen to, as data. The indexes, the tests of the security rules and the
 * snippets of docs/listening.md are derived from it. The backend itself does not run it.
 */
export type Listener = {
  readonly roles: readonly string[];
  /** May be below a document of the reader's own: `inbox/{uid}/items`. */
  readonly collection: string;
  readonly where: (me: Me) => readonly Filter[];
  /** Only so many, those with the latest time in a field: what grows for ever is never all read. */
  readonly latest?: { readonly by: string; readonly limit: number };
};

type Of = Pick<Listener, 'collection'>;

/** The collection that a listener of this person asks. */
export const collectionFor = ({ collection }: Of, { uid }: Pick<Me, 'uid'>): string =>
  collection.replace('{uid}', uid);

/** Whether a listener asks a collection of its reader's own. */
export const isOwn = ({ collection }: Of): boolean => collection.includes('{uid}');

/** The listeners of a desk by name. */
export type Listeners = Readonly<Record<string, Listener>>;

export type NamedListener = Listener & { readonly name: string };

export const namedListeners = (listeners: Listeners): readonly NamedListener[] =>
  Object.entries(listeners).map(([name, listener]) => ({ name, ...listener }));
