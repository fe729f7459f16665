import { expect } from 'chai';
import { Firestore } from 'firebase-admin/firestore';
import { checkData, type Doc } from '../../../scripts/check-data.ts';
import { PROJECT } from './harness.ts';

/**
 * What a suite's own requests write. Master data is checked only on request: most suites write it
 * directly, without the fields that the endpoints derive.
 */
const WRITTEN = ['users', 'sessions', 'tickets', 'ticketcount'] as const;
const MASTER = [
  'areas',
  'mainSplitters',
  'splitters',
  'pops',
  'isps',
  'indications',
  'clients',
  'uniques',
  'settings',
] as const;

export interface SoundDataOptions {
  /** Whether the suite created all of its master data through the endpoints. */
  readonly withMaster?: boolean;
  /** Documents that the suite breaks on purpose, or writes without the endpoints. */
  readonly except?: (path: string) => boolean;
}

/**
 * Called in a `describe`: after its tests, every document that was created while they ran is
 * checked against the invariants of `npm run check:data`, except figures: suites run without triggers.
 */
export const leavesSoundData = ({ withMaster = false, except }: SoundDataOptions = {}): void => {
  const collections = new Set<string>([...WRITTEN, ...(withMaster ? MASTER : [])]);
  let startedAt: Date;

  before(() => {
    startedAt = new Date();
  });

  after('every document is sound', async function () {
    this.timeout(60_000);
    const db = new Firestore({ projectId: PROJECT });
    const includes = ({ path, createdAt }: Doc) =>
      createdAt >= startedAt &&
      collections.has(path.slice(0, path.indexOf('/'))) &&
      except?.(path) !== true;
    const breaches = await checkData(db, { includes, withFigures: false });
    await db.terminate();
    expect(breaches).to.deep.equal([]);
  });
};
