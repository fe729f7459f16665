import { deleteDoc, doc, type Firestore, setDoc, updateDoc, writeBatch } from 'firebase/firestore';
import { rootOf } from './document.ts';
import type { Expectation } from './expectation.ts';
import type { Person } from './people.ts';

const WRITES = {
  create: (db, path) => setDoc(doc(db, `${path}-new`), { name: 'New' }),
  update: (db, path) => updateDoc(doc(db, path), { name: 'Changed' }),
  'set merge': (db, path) => setDoc(doc(db, path), { name: 'Changed' }, { merge: true }),
  delete: (db, path) => deleteDoc(doc(db, path)),
  batch: (db, path) =>
    writeBatch(db)
      .update(doc(db, path), { name: 'Changed' })
      .set(doc(db, `${path}-new`), { name: 'New' })
      .commit(),
} as const satisfies Record<string, (db: Firestore, path: string) => Promise<void>>;

type Kind = keyof typeof WRITES;
const KINDS = ['create', 'update', 'set merge', 'delete', 'batch'] as const;

/** Writes by a person to each of these documents: all refused. */
export const writesOf = (
  person: Person,
  paths: readonly string[],
  kinds: readonly Kind[] = KINDS,
): readonly Expectation[] =>
  paths.flatMap((path) =>
    kinds.map(
      (kind): Expectation => ({
        title: `${person.key} is refused ${kind} of ${path}`,
        collection: rootOf(path),
        person,
        allowed: false,
        attempt: (db) => WRITES[kind](db, path),
      }),
    ),
  );
