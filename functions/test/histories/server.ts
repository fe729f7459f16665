/**
 * The API in a process of its own, which a history kills. Its environment names the project, the
 * port, and as the emulator's host the proxy that breaks connections.
 */
import { Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { CONNECTION, createStore } from '../../src/kernel/store/store.ts';
import { startApi } from '../support/harness.ts';
import { filesIn } from './files.ts';

/** Shorter than the product's own patience, so that an outage costs seconds, not minutes. */
const PATIENCE_MS = 1_000;

const { HISTORY_PROJECT, HISTORY_PORT, HISTORY_AHEAD_MS } = z
  .object({
    HISTORY_PROJECT: z.string(),
    HISTORY_PORT: z.coerce.number(),
    HISTORY_AHEAD_MS: z.coerce.number(),
  })
  .parse(process.env);

const told = z.object({ aheadMs: z.number() });
let aheadMs = HISTORY_AHEAD_MS;
process.on('message', (message) => {
  ({ aheadMs } = told.parse(message));
  process.send?.(message);
});

process.on('disconnect', () => process.exit());
const db = new Firestore({ projectId: HISTORY_PROJECT, ...CONNECTION });
const log = {
  write: (severity: string, message: string, fields: object = {}): void => {
    const isExpected = message === 'the store does not answer' || message === 'request';
    if (severity === 'ERROR' && !isExpected) console.error(message, JSON.stringify(fields));
  },
};
const { url } = await startApi(
  {
    store: createStore(db, PATIENCE_MS),
    files: filesIn(HISTORY_PROJECT),
    now: () => new Date(Date.now() + aheadMs),
    log,
  },
  undefined,
  HISTORY_PORT,
);
process.send?.({ url });
