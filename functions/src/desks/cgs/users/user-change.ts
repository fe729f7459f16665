import { grants } from '../../../kernel/auth/grant.ts';
import { invalid, type Problem } from '../../../kernel/problem.ts';
import type { Reads } from '../../../kernel/store/document.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { userGrantSchema } from './people.ts';
import { areaIn } from '../master/find-area.ts';
import type { AreaRef } from '../domain/schemas.ts';
import type { Region } from '../domain/vocabulary.ts';

/** Finds the area that a request names by its id or name; 400 if the region has no such area. */
export const findArea = async (
  store: Store,
  region: Region,
  idOrName: string,
): Promise<AreaRef | Problem> => {
  return (await areaIn(store, region, idOrName)) ?? noSuchArea(region);
};

const noSuchArea = (region: Region): Problem =>
  invalid([{ path: 'area', message: `There is no such area in the region ${region}.` }]);

/** A person with access to this desk, active or not; undefined for any other. */
export const userIn = (reads: Reads, id: string) => {
  const seen = reads.get(grants.doc(id));
  const user = userGrantSchema.safeParse(seen?.data).data;
  return seen === undefined || user === undefined ? undefined : { seen, user };
};
