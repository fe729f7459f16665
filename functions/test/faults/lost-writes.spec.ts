import { expect } from 'chai';
import { auditLog } from '../../src/kernel/audit/collection.ts';
import type { Endpoint } from '../../src/kernel/http/endpoint.ts';
import { KITS } from '../desks/kits.ts';
import type { Stage } from '../desks/stage.ts';
import { type Case, expectRefusal, nameOf, sendSample } from '../http/matrix/case.ts';
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

/** What happens to every commit while the store can't be reached. */
const DOWN = FAULTS['was lost before it was applied'];

/** Their repeat shows a password or a code that Authentication no longer accepts. */
const SPENT: ReadonlySet<string> = new Set(['/me/password', '/password-reset/confirm']);

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
    /** What happens to the commits after those. */
    let further: Commit = (go) => go();

    before(async () => {
      plain = await startApi();
      stage = stageOf(plain);
      const store = hookedStore(plain.runtime.store, {
        commit: async (writes, go) => {
          const counted = async () => {
            await go();
            applied.add(writes.map(({ path }) => path).join(' '));
          };
          return (faults.shift() ?? further)(counted);
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

    const plainly = new Map<Endpoint, ReturnType<typeof commitsOf>>();
    /** The same without a fault; once for each endpoint. */
    const plainCommitsOf = (each: Case) => {
      const known = plainly.get(each.endpoint) ?? commitsOf(each, each.endpoint.status);
      plainly.set(each.endpoint, known);
      return known;
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
          const plain = await plainCommitsOf(each);
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

      it(`by ${nameOf(each)} that the store never gets is answered 503, until it does`, async () => {
        const { commits } = await plainCommitsOf(each);
        for (let at = 0; at < commits; at += 1) {
          const scene = await stage.bring(endpoint.sample.given);
          faults = Array.from({ length: at }, () => (go: () => Promise<void>) => go());
          further = DOWN;
          const answer = await sendSample(each, scene);
          further = (go) => go();
          expectRefusal(each, answer, 503);
          expect(Number(answer.headers.get('Retry-After'))).to.be.greaterThan(0);
          if (SPENT.has(endpoint.path)) continue;
          const again = await sendSample(each, scene);
          expect(again.status, again.text).to.equal(endpoint.status);
        }
      });
    }
  });
}
