import { type Desk, MOST_WORK, type Work } from '../http/desk.ts';
import type { Store } from '../store/store.ts';

/** A desk that is asked for the work of a person, and that has rules for an access to it. */
export type WorkDesk = Pick<Desk, 'name' | 'workOf' | 'grants'>;

/** The first 20 pieces of work that a person has in progress at these desks. */
export const workAt = async (
  store: Store,
  uid: string,
  desks: readonly WorkDesk[],
): Promise<readonly (Work & { readonly desk: string })[]> => {
  const byDesk = await Promise.all(
    desks.map(async ({ name, workOf }) =>
      ((await workOf?.(store, uid)) ?? []).map((work) => ({ desk: name, ...work })),
    ),
  );
  return byDesk.flat().slice(0, MOST_WORK);
};
