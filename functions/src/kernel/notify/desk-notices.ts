import type { Written } from '../store/trigger.ts';
import { parseDocument } from '../store/unreadable.ts';
import type {
  DefaultPush,
  Language,
  Notice,
  NoticeRule,
  Text,
  Texts,
  Translated,
  Values,
} from './notice.ts';

/** A kind of notice of a desk. */
export interface NoticeKind {
  readonly kind: string;
  readonly defaultPush: DefaultPush;
  /** Its texts with the sample's values. */
  readonly sample: Translated;
}

/** A rule without its own types. */
export interface DeskRule {
  readonly name: string;
  /** Whose documents are followed. */
  readonly collection: string;
  readonly kinds: readonly NoticeKind[];
  /**
   * Pure: what a write means for whom.
   *
   * @throws Unreadable for a document that does not fit its schema
   */
  readonly noticesOf: (written: Written) => readonly Notice[];
}

/** What a desk notifies of, and in which language people who have chosen none. */
export interface DeskNotices {
  readonly language: Language;
  readonly rules: readonly DeskRule[];
}

const LONGEST = { title: 120, body: 400, value: 200 } as const;

const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

const translated = <V extends string>(texts: Texts<V>, values: Values<V>): Translated => {
  const of = (language: Language): Text => {
    const { title, body } = texts[language](values);
    return { title: cut(title, LONGEST.title), body: cut(body, LONGEST.body) };
  };
  return { id: of('id'), en: of('en'), es: of('es') };
};

const shortened = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, cut(value, LONGEST.value)]),
  );

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>): K[] => {
  const keys: K[] = [];
  for (const key in table) keys.push(key);
  return keys;
};

/** A rule as a desk lists it. */
export const noticeRule = <T extends object, K extends string, V extends string, R>({
  name,
  collection,
  of,
  audienceOf,
  who = () => () => true,
  regionOf = () => null,
  texts,
  sample,
  defaultPush,
}: NoticeRule<T, K, V, R>): DeskRule => ({
  name,
  collection: collection.name,
  kinds: keysOf(texts).map((kind) => ({
    kind,
    defaultPush: defaultPush[kind],
    sample: translated(texts[kind], sample),
  })),
  noticesOf: ({ id, ...written }) => {
    const read = (data: unknown): T | undefined =>
      data === undefined ? undefined : parseDocument(collection.doc(id), data);
    const [before, after] = [read(written.before), read(written.after)];
    const document = after ?? before;
    if (document === undefined) return [];
    const common = {
      subject: { collection: collection.name, id },
      who: who(document),
      region: regionOf(document),
    };
    return of(before, after).map(({ kind, to, values }) => ({
      ...common,
      kind,
      to: to.map(audienceOf),
      values: shortened(values),
      texts: translated(texts[kind], values),
      defaultPush: defaultPush[kind],
    }));
  },
});

/** All kinds of a desk, in the order of its rules. */
export const kindsOf = ({ rules }: DeskNotices): readonly NoticeKind[] =>
  rules.flatMap(({ kinds }) => kinds);
