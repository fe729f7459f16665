import type { Doc } from '../../../scripts/check-data/check.ts';
import type { Source } from '../../../scripts/check-data/walk.ts';

/** Documents by path, as the store checks read them. */
export const sourceOf = (documents: ReadonlyMap<string, unknown>, at: Date): Source => {
  const docs = [...documents]
    .map(
      ([path, data]): Doc => ({
        path,
        id: path.slice(path.indexOf('/') + 1),
        data,
        createdAt: at,
        updatedAt: at,
      }),
    )
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
  return {
    page: async (collection, after, limit) =>
      docs
        .filter(({ path }) => path.startsWith(`${collection}/`))
        .filter(({ id }) => after === undefined || id > after)
        .slice(0, limit),
    get: async (paths) => docs.filter(({ path }) => paths.includes(path)),
  };
};
