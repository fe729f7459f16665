import { byId } from '../store/ids.ts';
import { byNumber } from '../store/numbered.ts';
import type { Counter } from '../store/group-commit.ts';
import type { Ids } from './declaration.ts';

/** Records with random ids. */
export const UUIDS: Ids<string> = {
  params: byId,
  issue: (newId) => {
    const id = newId();
    return () => id;
  },
};

/** Records with the numbers of a counter, from `first` on. */
export const numbered = (counter: (now: Date) => Counter, first = 1): Ids<number> => ({
  params: byNumber,
  counter,
  issue: () => (n) => n + first - 1,
});
