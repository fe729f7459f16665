import { desks } from '../../functions/src/api.ts';
import { KERNEL_COLLECTIONS } from '../../functions/src/kernel/collections.ts';
import { namedListeners, NOTHING } from '../../functions/src/kernel/store/listener.ts';
import type { QueryShape } from '../../functions/src/kernel/store/query.ts';

/** Every collection of the backend. */
export const COLLECTIONS = [
  ...KERNEL_COLLECTIONS,
  ...desks.flatMap(({ collections }) => collections),
];

/** The listener queries of all desks' apps. */
export const LISTENERS: readonly QueryShape[] = desks.flatMap((desk) =>
  namedListeners(desk.listeners).map(({ name, collection, where, latest }) => ({
    name: `${desk.name}: ${name}`,
    // The name of the last collection of its path: what indexes are for.
    collection: collection.split('/').at(-1) ?? collection,
    equal: where(NOTHING).map(([field]) => field),
    orderBy: latest === undefined ? [] : [{ field: latest.by, direction: 'desc' as const }],
    sorts: [],
  })),
);
