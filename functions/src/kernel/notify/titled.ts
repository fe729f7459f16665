import { type Language, type Text, type Texts, type Values } from './notice.ts';

/** A title, or how it is made of the values. */
type Title<V extends string> = string | ((values: Values<V>) => string);

/** Makes the texts of a kind of its titles; what the notice is about is the body of all of them. */
export const titled =
  <V extends string>(bodyOf: (values: Values<V>) => string) =>
  (titles: Readonly<Record<Language, Title<V>>>): Texts<V> => {
    const text =
      (title: Title<V>) =>
      (values: Values<V>): Text => ({
        title: typeof title === 'string' ? title : title(values),
        body: bodyOf(values),
      });
    return { id: text(titles.id), en: text(titles.en), es: text(titles.es) };
  };
