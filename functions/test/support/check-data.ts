import { expect } from 'chai';
import { Firestore } from 'firebase-admin/firestore';
import { checkData } from '../../../scripts/check-data.ts';
import { rebuildFigures } from '../../../scripts/figures-rebuild.ts';
import { startRuntime } from '../../src/kernel/start.ts';
import { emulators } from './harness.ts';

/** Figures follow their tickets within this time, so they are checked as of later. */
const LATER_MS = 120_000;

/**
 * Checks each document of a project against the invariants of `npm run check:data`. Specs run
 * without triggers, so the figures are computed first.
 */
export const expectSoundData = async (
  projectId: string,
  isException: (path: string) => boolean,
): Promise<void> => {
  const db = new Firestore({ projectId });
  const runtime = startRuntime({ GCLOUD_PROJECT: projectId, WEB_API_KEY: 'demo', ...emulators() });
  const hasTickets = !(await db.collection('tickets').limit(1).get()).empty;
  if (hasTickets) await rebuildFigures({ runtime, db, print: () => {} });
  const breaches = await checkData(db, {
    includes: ({ path }) => !isException(path),
    now: new Date(Date.now() + LATER_MS),
  });
  await db.terminate();
  expect(breaches, projectId).to.deep.equal([]);
};
