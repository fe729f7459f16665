import { invalid, type Problem } from '../../../kernel/problem.ts';
import { isId } from '../../../kernel/store/ids.ts';
import type { Store } from '../../../kernel/store/store.ts';
import type { AreaRef } from '../domain/schemas.ts';
import { REGIONS, type Region } from '../domain/vocabulary.ts';
import { areas } from './collections.ts';

/** Ids are safe in a path; a name may hold anything. */
const byName = async (store: Store, regions: readonly Region[], name: string) =>
  store.find({
    anyOf: regions.map((region) => areas.queries.byName.where({ region, name })),
    limit: regions.length,
  });

/** The area of a region that a request names by id or by name; undefined when there is none. */
export const areaIn = async (
  store: Store,
  region: Region,
  idOrName: string,
): Promise<AreaRef | undefined> => {
  const [named] = await byName(store, [region], idOrName);
  const byId = isId(idOrName) ? areas.doc(idOrName) : undefined;
  const found = named?.data ?? (byId && (await store.get(byId))?.data);
  if (found === undefined || found.region !== region) return undefined;
  const { id, name, initial } = found;
  return { id, name, region, initial };
};

/** The same; 400 for a body that names none. */
export const findArea = async (
  store: Store,
  region: Region,
  idOrName: string,
): Promise<AreaRef | Problem> =>
  (await areaIn(store, region, idOrName)) ??
  invalid([{ path: 'area', message: `There is no such area in the region ${region}.` }]);

/** The ids of the areas that a filter names: each region may have one of that name. */
export const areaIds = async (
  store: Store,
  idOrName: string,
  region: Region | undefined,
): Promise<string[]> => {
  const named = await byName(store, region ? [region] : REGIONS, idOrName);
  return named.length === 0 ? [idOrName] : named.map(({ id }) => id);
};
