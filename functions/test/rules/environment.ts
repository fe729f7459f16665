import { readFileSync } from 'node:fs';
import {
  initializeTestEnvironment,
  type RulesTestContext,
  type RulesTestEnvironment,
} from '@firebase/rules-unit-testing';
import { doc, Firestore, setLogLevel, writeBatch } from 'firebase/firestore';
import { type Person, shownOf } from './people.ts';
import { DOCUMENTS, EVERYBODY } from './desks.ts';

/** Not the stack's own project, so that no other data or coverage is mixed in. */
export const RULES_PROJECT = 'demo-crewline-rules';
const RULES_FILE = new URL('../../../firestore.rules', import.meta.url);

export const readRules = (): string => readFileSync(RULES_FILE, 'utf8');

/** A test environment with its own project and one signed-in client per person. */
export type Rules = {
  readonly environment: RulesTestEnvironment;
  readonly as: (person: Person) => Firestore;
};

// rules-unit-testing returns the compat client, which contains the modular one that apps use.
const modular = (client: object): Firestore => {
  if ('_delegate' in client && client._delegate instanceof Firestore) return client._delegate;
  throw new Error('rules-unit-testing no longer wraps the modular Firestore client');
};

/** Writes with the rules switched off, as the backend does. */
export const asBackend = (
  { environment }: Pick<Rules, 'environment'>,
  write: (db: Firestore) => Promise<void>,
): Promise<void> =>
  environment.withSecurityRulesDisabled((context) => write(modular(context.firestore())));

// As many as one commit takes.
const MOST_WRITES = 500;

const fill = async (db: Firestore): Promise<void> => {
  const people = EVERYBODY.flatMap(({ uid, grant }) =>
    uid === null || grant === null
      ? []
      : [
          { path: `grants/${uid}`, data: grant },
          { path: `users/${uid}`, data: shownOf(grant) },
        ],
  );
  const all = [...DOCUMENTS, ...people];
  for (let from = 0; from < all.length; from += MOST_WRITES) {
    const batch = writeBatch(db);
    for (const { path, data } of all.slice(from, from + MOST_WRITES))
      batch.set(doc(db, path), data);
    await batch.commit();
  }
};

const signIn = (environment: RulesTestEnvironment, person: Person): RulesTestContext =>
  person.uid === null
    ? environment.unauthenticatedContext()
    : environment.authenticatedContext(person.uid, { ...person.claims });

/** Deletes all documents of the project and writes the fixtures again. */
export const refill = async (rules: Pick<Rules, 'environment'>): Promise<void> => {
  await rules.environment.clearFirestore();
  await asBackend(rules, fill);
};

/** Loads the rules into `projectId` on the running emulator, empties it and writes the fixtures. */
export const openRules = async (projectId: string, rules: string): Promise<Rules> => {
  setLogLevel('silent');
  const environment = await initializeTestEnvironment({ projectId, firestore: { rules } });
  await refill({ environment });
  const clients = new Map<string, Firestore>();
  const as = (person: Person): Firestore => {
    const client = clients.get(person.key) ?? modular(signIn(environment, person).firestore());
    clients.set(person.key, client);
    return client;
  };
  return { environment, as };
};

/** Replaces the rules of a project; its documents and open clients stay. */
export const loadRules = async (projectId: string, rules: string): Promise<void> => {
  const host = process.env['FIRESTORE_EMULATOR_HOST'] ?? '127.0.0.1:8080';
  const response = await fetch(`http://${host}/emulator/v1/projects/${projectId}:securityRules`, {
    method: 'PUT',
    body: JSON.stringify({ rules: { files: [{ name: 'firestore.rules', content: rules }] } }),
  });
  if (!response.ok) throw new Error(`The rules were refused: ${await response.text()}`);
};
