import type { Firestore } from 'firebase/firestore';
import type { Person } from './people.ts';

/** One thing a person tries with their own client, and whether the rules must let them. */
export type Expectation = {
  readonly title: string;
  readonly collection: string;
  readonly person: Person;
  readonly allowed: boolean;
  readonly attempt: (db: Firestore) => Promise<unknown>;
};

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : null;

/**
 * Tries it: true when the rules answered as they must. A write that the rules let through and that
 * only then met no document was let through; any further failure is thrown.
 */
export const holds = async ({ attempt, allowed }: Expectation, db: Firestore): Promise<boolean> => {
  try {
    await attempt(db);
    return allowed;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'permission-denied') return !allowed;
    if (code === 'not-found') return allowed;
    throw error;
  }
};
