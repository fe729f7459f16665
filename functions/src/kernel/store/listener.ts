type Scalar = string | number | boolean | null;
export type Value = Scalar | readonly (string | number)[];
export type Filter = readonly [field: string, operator: '==' | '!=' | 'in', value: Value];

type Own = string | number;

/** What an app knows and puts into its queries: of its user, or of what the page is about. */
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
};

/** Nobody's values, for what a desk's people do not have. */
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
};

/**
 * A query that a desk's apps listen with, as data: the indexes, the tests of the security rules and
 * the snippets of docs/listening.md come from it. The backend asks none of them.
 */
export type Listener = {
  readonly roles: readonly string[];
  readonly collection: string;
  readonly where: (me: Me) => readonly Filter[];
};

/** The listeners of a desk by name. */
export type Listeners = Readonly<Record<string, Listener>>;

export type NamedListener = Listener & { readonly name: string };

export const namedListeners = (listeners: Listeners): readonly NamedListener[] =>
  Object.entries(listeners).map(([name, listener]) => ({ name, ...listener }));
