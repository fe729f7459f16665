import type { Doc } from '../../../scripts/check-data/check.ts';
import type { Source } from '../../../scripts/check-data/walk.ts';

/** The collection of a document, with `{id}` for the document above it. */
const collectionOf = (path: string): string =>
  path
    .split('/')
    .slice(0, -1)
    .map((name, index) => (index % 2 === 1 ? '{id}' : name))
    .join('/');

/** Documents by path, as the store checks read them. */
export const sourceOf = (documents: ReadonlyMap<string, unknown>, at: Date): Source => {
  const docs = [...documents]
    .map(
      ([path, data]): Doc => ({
        path,
        id: path.slice(path.lastIndexOf('/') + 1),
        data,
        createdAt: at,
        updatedAt: at,
      }),
    )
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
  return {
    page: async (collection, after, limit) =>
      docs
        .filter(({ path }) => collection === collectionOf(path))
        .filter(({ path }) => after === undefined || path > after)
        .slice(0, limit),
    get: async (paths) => docs.filter(({ path }) => paths.includes(path)),
  };
};
