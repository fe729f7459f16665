import { grants } from '../auth/grant.ts';
import type { AnswerStyle } from '../http/answer-style.ts';
import type { Collection } from '../store/collection.ts';
import type { Store } from '../store/store.ts';

/** Documents that show photos, and who sees such a document. */
export interface Holder<A> {
  readonly collection: string;
  readonly maySee: (store: Store, id: string, actor: A) => Promise<boolean>;
}

/** Makes a holder of a collection, by the test that its own endpoints make. */
export const holderOf = <A, T>(
  of: Collection<T>,
  test: (data: T, actor: A) => boolean,
): Holder<A> => ({
  collection: of.name,
  maySee: async (store, id, actor) => {
    const key = of.doc(id);
    const seen = await store.get(key);
    return seen !== undefined && test(seen.data, actor);
  },
});

/** People show a photo of themselves, to everybody who has access to a desk of theirs. */
export const peopleOf = (desk: string): Holder<unknown> =>
  holderOf(grants, (person) => person.access[desk] !== undefined);

/** How a desk answers about photos, and which of its documents show them. */
export interface MediaStyle<A> {
  readonly one: AnswerStyle['one'];
  /** What the desk's fields take of an upload. */
  readonly pathOf?: (id: string) => string;
  readonly holders: readonly Holder<A>[];
}
