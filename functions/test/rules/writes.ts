import { deleteDoc, doc, type Firestore, setDoc, updateDoc, writeBatch } from 'firebase/firestore';
import { NEVER_READ, ticketId } from './documents.ts';
import type { Expectation } from './expectation.ts';
import { READABLE } from './gets.ts';
import { type Person, REFUSED, STAFF } from './people.ts';

const WRITES: readonly (readonly [string, (db: Firestore, path: string) => Promise<void>])[] = [
  ['create', (db, path) => setDoc(doc(db, `${path}-new`), { name: 'New' })],
  ['update', (db, path) => updateDoc(doc(db, path), { name: 'Changed' })],
  ['set merge', (db, path) => setDoc(doc(db, path), { name: 'Changed' }, { merge: true })],
  ['delete', (db, path) => deleteDoc(doc(db, path))],
  [
    'batch',
    (db, path) =>
      writeBatch(db)
        .update(doc(db, path), { name: 'Changed' })
        .set(doc(db, `${path}-new`), { name: 'New' })
        .commit(),
  ],
];

const writesOf = (person: Person): readonly Expectation[] =>
  [
    // What they may read best: their own ticket, and their own document.
    `tickets/${ticketId('West', 'Accepted', person.key)}`,
    `tickets/${ticketId('West', 'Open')}`,
    `users/${person.key}`,
    ...READABLE.slice(1),
    ...NEVER_READ,
  ].flatMap((path) =>
    WRITES.map(
      ([how, write]): Expectation => ({
        title: `${person.key} is refused ${how} of ${path}`,
        collection: path.split('/')[0] ?? path,
        person,
        allowed: false,
        attempt: (db) => write(db, path),
      }),
    ),
  );

const WRITERS = [...STAFF.filter(({ key }) => key.endsWith('.West')), ...REFUSED.slice(0, 2)];

/** Every kind of write by every role to every collection: all refused. */
export const WRITE_ATTEMPTS: readonly Expectation[] = WRITERS.flatMap(writesOf);
