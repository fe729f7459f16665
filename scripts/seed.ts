/**
 * Fills the emulators with demo data: people, master data, clients, and tickets in every status.
 * Existing documents stay as they are, so a second run changes nothing.
 *
 *   npm run with-emulators -- node scripts/seed.ts
 */
import { startRuntime } from '../functions/src/kernel/start.ts';
import { addAccounts, addPeople, mergePeople, PASSWORD } from './seed/people.ts';
import { SEEDS } from './seed/desks.ts';
import { play } from './seed/play.ts';
import { Problem, runMain } from './setup/problem.mjs';

const DESKS = Object.values(SEEDS);
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
  const needed = [
    'FIRESTORE_EMULATOR_HOST',
    'FIREBASE_AUTH_EMULATOR_HOST',
    'FIREBASE_STORAGE_EMULATOR_HOST',
  ];
  const missing = needed.filter((name) => (env[name] ?? '') === '');
  if (missing.length === 0) return;
  throw new Problem(
    `Demo data goes into emulators only. Not set: ${missing.join(', ')}.\nRun it by npm start, or by npm run with-emulators -- <command>.`,
  );
};

/**
 * Creates what is missing of the demo data.
 *
 * @param projectId which of the emulated projects
 * @param now when the stories end
 * @throws Problem without emulators, or when a demo address belongs to somebody else
 */
export const seed = async (
  projectId = process.env['GCLOUD_PROJECT'] ?? 'demo-crewline',
  now = new Date(),
): Promise<void> => {
  refuseRealProjects(process.env);
  process.env['METADATA_SERVER_DETECTION'] ??= 'none';
  const runtime = startRuntime({
    WEB_API_KEY: 'demo',
    ...process.env,
    GCLOUD_PROJECT: projectId,
  });
  await addAccounts(runtime.accounts, PEOPLE);
  await addPeople(runtime.store, PEOPLE, now);
  await Promise.all(DESKS.map((each) => play(runtime, each, now)));
};

if (import.meta.main) await runMain(() => seed());
