/**
 * Fills the emulators with demo data: people, master data, clients, and tickets in every status.
 * What is there already stays as it is, so a second run changes nothing.
 *
 *   FIRESTORE_EMULATOR_HOST=… FIREBASE_AUTH_EMULATOR_HOST=… node scripts/seed.ts
 */
import { initializeApp } from 'firebase-admin/app';
import { getAuth } from 'firebase-admin/auth';
import { getFirestore } from 'firebase-admin/firestore';
import { createStore } from '../functions/src/kernel/store/store.ts';
import { cgsSeed } from './seed/cgs.ts';
import { createMissing } from './seed/create-missing.ts';
import type { DeskSeed } from './seed/desk-seed.ts';
import { communitySeed } from './seed/community.ts';
import { ispSeed } from './seed/isp.ts';
import { createAccounts, mergePeople, PASSWORD, personWrites } from './seed/people.ts';
import { urbanSeed } from './seed/urban.ts';
import { Problem, printFailure } from './setup/problem.mjs';

const DESKS: readonly DeskSeed[] = [cgsSeed, communitySeed, ispSeed, urbanSeed];

const PEOPLE = mergePeople(DESKS.flatMap(({ people }) => people));

export interface DemoAccount {
  readonly email: string;
  readonly role: string;
  readonly region?: string;
  readonly name: string;
  readonly password: string;
}

/** Who can log in to the demo data. */
export const demoAccounts: readonly DemoAccount[] = PEOPLE.map(({ email, name, shown }) => ({
  email,
  ...shown,
  name,
  password: PASSWORD,
}));

const refuseRealProjects = (env: NodeJS.ProcessEnv): void => {
  const needed = ['FIRESTORE_EMULATOR_HOST', 'FIREBASE_AUTH_EMULATOR_HOST'];
  const missing = needed.filter((name) => (env[name] ?? '') === '');
  if (missing.length === 0) return;
  throw new Problem(
    `Demo data goes into emulators only. Not set: ${missing.join(', ')}.\nRun it by npm start, or by npm run with-emulators -- <command>.`,
  );
};

/**
 * Fills in whatever is missing.
 *
 * @param projectId which of the emulated projects
 * @throws Problem without emulators, or when a demo address belongs to somebody else
 */
export const seed = async (
  projectId = process.env['GCLOUD_PROJECT'] ?? 'demo-crewline',
): Promise<void> => {
  refuseRealProjects(process.env);
  process.env['METADATA_SERVER_DETECTION'] ??= 'none';
  const app = initializeApp({ projectId }, `seed-${crypto.randomUUID()}`);
  const store = createStore(getFirestore(app));
  const now = new Date();
  await Promise.all([
    createAccounts(getAuth(app), PEOPLE),
    createMissing(store, personWrites(PEOPLE, now)),
    ...DESKS.map((desk) => desk.fill(store, now)),
  ]);
};

if (import.meta.main) {
  try {
    await seed();
  } catch (error) {
    printFailure(error);
    process.exitCode = 1;
  }
  process.exit();
}
