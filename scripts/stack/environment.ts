import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parseEnv } from 'node:util';
import { ROOT } from '../setup/paths.mjs';
import { PORTS } from './ports.ts';

export const PROJECT = 'demo-crewline';
export const URL_OF_API = `http://127.0.0.1:${PORTS.hosting}`;

/** What a command needs to talk to the stack. */
const stackVariables = {
  CREWLINE_URL: URL_OF_API,
  FIRESTORE_EMULATOR_HOST: `127.0.0.1:${PORTS.firestore}`,
  FIREBASE_AUTH_EMULATOR_HOST: `127.0.0.1:${PORTS.auth}`,
  CLOUD_TASKS_EMULATOR_HOST: `127.0.0.1:${PORTS.tasks}`,
  FIREBASE_STORAGE_EMULATOR_HOST: `127.0.0.1:${PORTS.storage}`,
  GCLOUD_PROJECT: PROJECT,
  // Otherwise the Admin SDK waits for a metadata server that does not exist here.
  METADATA_SERVER_DETECTION: 'none',
} as const;

/** The environment of a program that works on the stack from outside. */
export const stackEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`,
  ...stackVariables,
});

/** The environment of a process that runs the bundle itself, as the Functions emulator gives it. */
export const bundleEnvironment = (): NodeJS.ProcessEnv => ({
  ...stackEnvironment(),
  ...parseEnv(readFileSync(join(ROOT, `functions/.env.${PROJECT}`), 'utf8')),
  FUNCTIONS_EMULATOR: 'true',
});
