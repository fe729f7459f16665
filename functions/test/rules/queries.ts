import type { QueryShape } from '../../src/kernel/store/query-shape.ts';
import { DESKS } from './desks.ts';
import { NOTHING, namedListeners } from './listener.ts';

/** What the index check reads: the shapes of all desks' listeners. */
export const queries: readonly QueryShape[] = DESKS.flatMap((desk) =>
  namedListeners(desk.listeners).map(({ name, collection, where }) => ({
    name: `${desk.name}: ${name}`,
    collection,
    equal: where(NOTHING).map(([field]) => field),
  })),
);
