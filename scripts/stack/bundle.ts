/** What the scripts use of the bundle, checked when it is imported. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pathToFileURL } from 'node:url';
import { BUNDLE } from '../setup/paths.mjs';

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;
type Scheduled = (event: { scheduleTime: string; jobName: undefined }) => Promise<void>;

const isHandler = (value: unknown): value is Handler => typeof value === 'function';
const isScheduled = (value: unknown): value is { run: Scheduled } =>
  typeof value === 'function' && 'run' in value && typeof value.run === 'function';

/**
 * Imports functions/dist/index.js into this process.
 *
 * @throws Error when it does not export what it must
 */
export const importBundle = async (): Promise<{ api: Handler; clock: { run: Scheduled } }> => {
  const { api, clock }: Record<string, unknown> = await import(pathToFileURL(BUNDLE).href);
  if (!isHandler(api) || !isScheduled(clock)) {
    throw new Error('functions/dist/index.js must export `api` and `clock`');
  }
  return { api, clock };
};
