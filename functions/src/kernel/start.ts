import { randomUUID } from 'node:crypto';
import { initializeApp } from 'firebase-admin/app';
import { getAuth } from 'firebase-admin/auth';
import { getFirestore } from 'firebase-admin/firestore';
import { createAccounts } from './auth/accounts.ts';
import { createAttemptLine } from './auth/attempt-line.ts';
import { readConfig } from './config.ts';
import { cloudLog } from './log.ts';
import { createFiles } from './media/files.ts';
import { createPushLog, createPushSender } from './notify/push-sender.ts';
import type { Runtime } from './runtime.ts';
import { createGroupCommit } from './store/group-commit.ts';
import { CONNECTION, createStore } from './store/store.ts';
import { createCloudTasks } from './tasks/cloud-tasks.ts';

/**
 * Creates the runtime of this process for the Firebase project that its environment names.
 *
 * @throws Error that names what is missing in the configuration.
 */
export const startRuntime = (
  env: Readonly<Record<string, string | undefined>>,
  parts: Partial<Runtime> = {},
): Runtime => {
  const config = readConfig(env);
  const app = initializeApp({ projectId: config.projectId }, `crewline-${randomUUID()}`);
  const db = getFirestore(app);
  const { log = cloudLog } = parts;
  db.settings(CONNECTION);
  return {
    config,
    store: createStore(db),
    groups: createGroupCommit(),
    accounts: createAccounts(getAuth(app), config),
    attempts: createAttemptLine(),
    tasks: createCloudTasks(app, config),
    files: createFiles(config, log),
    push: config.authEmulator === undefined ? createPushSender(app, log) : createPushLog(log),
    log,
    now: () => new Date(),
    newId: randomUUID,
    ...parts,
  };
};
