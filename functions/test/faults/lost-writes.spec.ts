import { expect } from 'chai';
import { auditLog } from '../../src/kernel/audit/collection.ts';
import { KITS } from '../desks/kits.ts';
import type { Stage } from '../desks/stage.ts';
import { type Case, nameOf, sendSample } from '../http/matrix/case.ts';
import { send } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { hookedStore, StoreError } from '../support/hooked-store.ts';

type Commit = (go: () => Promise<void>) => Promise<void>;

/** What may become of a commit without its author learning how it ended. */
const FAULTS = {
  'was applied, but its answer was lost': async (go) => {
    await go();
    throw new StoreError(14, 'the answer was lost');
  },
  'was lost before it was applied': async () => {
    throw new StoreError(14, 'no connection');
  },
  'was applied, and its repeat met it as a conflict': async (go) => {
    await go();
    throw new StoreError(9, 'the document has moved');
  },
} as const satisfies Record<string, Commit>;

const isEntry = (path: string): boolean => path.startsWith(`${auditLog.name}/`);

const WRITING = Object.values(KITS).map(({ desk, stage }) => ({
  desk,
  stage,
  endpoints: desk.endpoints.filter(({ cost }) => cost.writes > 0),
}));

for (const { desk, stage: stageOf, endpoints } of WRITING) {
  describe(`a commit of the desk ${desk.name}`, function () {
    this.timeout(60_000);
    let plain: TestApi;
    let faulty: TestApi;
    let stage: Stage;
    /** What was committed, each set of documents once: a repeat that changes nothing does not count. */
    const applied = new Set<string>();
    let faults: Commit[] = [];

    before(async () => {
      plain = await startApi();
      stage = stageOf(plain);
      const store = hookedStore(plain.runtime.store, {
        commit: async (writes, go) => {
          const counted = async () => {
            await go();
            applied.add(writes.map(({ path }) => path).join(' '));
          };
          const fault = faults.shift();
          return fault === undefined ? counted() : fault(counted);
        },
      });
      faulty = await startApi({ store });
    });
    after(() => Promise.all([plain.stop(), faulty.stop()]));

    /** The entries of the audit log among them. */
    const entries = (): number =>
      new Set([...applied].flatMap((paths) => paths.split(' ').filter(isEntry))).size;

    /**
     * Sends the endpoint's sample while its commits meet these faults: how many were applied, and how
     * many entries the audit log has of it. Endpoints without `audit` may log by themselves.
     */
    const commitsOf = async (each: Case, status: number, met: Commit[] = []) => {
      const scene = await stage.bring(each.endpoint.sample.given);
      applied.clear();
      faults = met;
      const answer = await sendSample(each, scene);
      expect(answer.status, answer.text).to.equal(status);
      if (each.endpoint.audit !== undefined) expect(entries(), 'logged').to.equal(1);
      return { commits: applied.size, logged: entries() };
    };

    for (const endpoint of endpoints) {
      const each: Case = {
        desk,
        endpoint,
        stage: () => stage,
        ask: async (method, path, sending) => ({
          ...(await send(faulty.url, method, path, sending)),
          reads: 0,
          writes: 0,
        }),
      };
      for (const [how, fault] of Object.entries(FAULTS)) {
        it(`by ${nameOf(each)} that ${how} is made exactly once`, async () => {
          const plain = await commitsOf(each, endpoint.status);
          expect(plain.commits).to.be.greaterThan(0);
          for (let at = 0; at < plain.commits; at += 1) {
            const met = [
              ...Array.from({ length: at }, () => (go: () => Promise<void>) => go()),
              fault,
            ];
            const faulty = await commitsOf(each, endpoint.status, met);
            expect(faulty, `commit ${at + 1}`).to.deep.equal(plain);
          }
        });
      }
    }
  });
}
