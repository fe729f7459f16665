import type { Collection } from '../store/collection.ts';
import type { Criteria } from '../store/query.ts';

/** The languages of notices; a text that lacks one does not compile. */
export const LANGUAGES = ['id', 'en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * One person; all whom a declared query of `grants` finds, such as the crews of a region; or those
 * whose uid is in a field of what a declared query of another collection finds, such as the authors of
 * a ticket's comments.
 */
export type Audience =
  | { readonly uid: string }
  | { readonly of: Criteria<object> }
  | { readonly namedIn: Criteria<object>; readonly field: string };

/** What a notice is about. */
export interface Subject {
  readonly collection: string;
  readonly id: string;
}

/** What the texts of a notice name: a ticket's number, its title, a person. */
export type Values<V extends string = string> = Readonly<Record<V, string>>;

/** What one change means for some people, whom the desk's rules name by `R`. */
export interface Told<K extends string, V extends string, R = Audience> {
  readonly kind: K;
  /**
   * Everybody in it is notified once. Who is not active, or has no access to the desk, is passed over.
   */
  readonly to: readonly R[];
  readonly values: Values<V>;
}

export interface Text {
  readonly title: string;
  readonly body: string;
}

/** The text of a kind in each language. */
export type Texts<V extends string = string> = Readonly<
  Record<Language, (values: Values<V>) => Text>
>;

/**
 * How a kind rings for people who have not chosen: `on`, `off`, or `urgent`, which also rings in their
 * quiet hours. Whoever turns a kind off hears nothing of it.
 */
export type DefaultPush = 'on' | 'off' | 'urgent';

/** A text in each language. */
export type Translated = Readonly<Record<Language, Text>>;

/** A notice as it is delivered. */
export interface Notice extends Told<string, string> {
  /** Whom of `to` it is for, by their access to the desk. */
  readonly who: (access: unknown) => boolean;
  readonly subject: Subject;
  /** For webhooks; null where there is none. */
  readonly region: string | null;
  readonly texts: Translated;
  readonly defaultPush: DefaultPush;
}

/**
 * What a desk notifies of: a line in its `notices`. `K` are the kinds, `V` the names of the values
 * that their texts use, `R` is how it names people. Every kind belongs to one rule of a desk.
 */
export interface NoticeRule<T extends object, K extends string, V extends string, R> {
  /** Part of the deployed function's name, such as `cgsTicketNotices`. */
  readonly name: string;
  /** Whose documents are followed; each is what its notices are about. */
  readonly collection: Pick<Collection<T>, 'name' | 'doc'>;
  /**
   * Pure: what a write of a document means for whom. `before` is undefined for a new document, `after`
   * for a deleted one. At most one notice of each kind, which is its identity: a write that is
   * delivered twice notifies once.
   */
  readonly of: (before: T | undefined, after: T | undefined) => readonly Told<K, V, R>[];
  /** Looks up whom a notice names. */
  readonly audienceOf: (to: R) => Audience;
  /** Whom of them it is for, by their access to the desk: who may see the document. By default all. */
  readonly who?: (document: T) => (access: unknown) => boolean;
  /** The region of a document, if it has one; for webhooks. */
  readonly regionOf?: (document: T) => string | null;
  readonly texts: Readonly<Record<K, Texts<V>>>;
  /** Values as a real notice has them, for the checks of the texts. */
  readonly sample: Values<V>;
  readonly defaultPush: Readonly<Record<K, DefaultPush>>;
}
