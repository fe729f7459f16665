import { doc, type Firestore, getDocFromServer, getDocsFromServer } from 'firebase/firestore';
import { rootOf } from './document.ts';
import type { Person } from './people.ts';
import { type Question, toQuery } from './query.ts';

/** One read, query or write by a person, and whether the rules must allow it. */
export type Expectation = {
  readonly title: string;
  readonly collection: string;
  readonly person: Person;
  readonly allowed: boolean;
  readonly attempt: (db: Firestore) => Promise<unknown>;
};

/** Reading one document. */
export const get = (person: Person, path: string, allowed: boolean, what = path): Expectation => ({
  title: `${person.key} ${allowed ? 'may read' : 'never reads'} ${what}`,
  collection: rootOf(path),
  person,
  allowed,
  attempt: (db) => getDocFromServer(doc(db, path)),
});

/** A query, and how the titles of tests call it. */
export type Asked = Question & { readonly what: string };

/** Running a query. */
export const ask = (
  person: Person,
  { what, ...question }: Asked,
  allowed: boolean,
): Expectation => ({
  title: `${person.key} ${allowed ? 'may ask' : 'is refused'} ${question.collection}: ${what}`,
  collection: question.collection,
  person,
  allowed,
  attempt: (db) => getDocsFromServer(toQuery(db, question)),
});

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : null;

/**
 * Tries it: true when the rules answer as expected. A write counts as allowed when it fails only
 * because the document does not exist; any other failure is thrown.
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
