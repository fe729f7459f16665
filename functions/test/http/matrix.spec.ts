import { expect } from 'chai';
import { type Ask, guarded } from '../support/guard.ts';
import type { Sender } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { billedStore } from '../support/wire-meter.ts';
import { describeAccess } from './matrix/access.ts';
import { describeAudit } from './matrix/audit.ts';
import { describeBodies } from './matrix/bodies.ts';
import { nameOf } from './matrix/case.ts';
import { describeIdempotency } from './matrix/idempotency.ts';
import { describePaths } from './matrix/paths.ts';
import { describeSample } from './matrix/sample.ts';
import { KITS } from '../desks/kits.ts';
import type { Stage } from '../desks/stage.ts';
import { describeVerbs } from './matrix/verbs.ts';

/** Signs in one person per role, for all requests that are refused before they change anything. */
const signedInOnce = (stage: Stage): Stage => {
  const people = new Map<string, Promise<Sender>>();
  const once = (key: string, signIn: () => Promise<Sender>): Promise<Sender> => {
    const person = people.get(key) ?? signIn();
    people.set(key, person);
    return person;
  };
  return {
    ...stage,
    member: (role) => once(`member ${role}`, () => stage.member(role)),
    outsider: () => once('outsider', stage.outsider),
  };
};

/** `npm test` runs each desk in a process of its own. */
const only = process.env['MATRIX_DESK'];

for (const { desk, stage: setUp } of Object.values(KITS)) {
  if (only !== undefined && desk.name !== only) continue;

  describe(`every endpoint of the desk ${desk.name}`, () => {
    let api: TestApi;
    let guardedAsk: Ask;
    let built: Stage;

    before(async () => {
      api = await startApi({ store: billedStore() });
      guardedAsk = guarded(api);
      built = signedInOnce(setUp(api));
    });
    after(() => api.stop());

    const ask: Ask = (...args) => guardedAsk(...args);
    const stage = (): Stage => built;

    for (const endpoint of desk.endpoints) {
      const each = { desk, endpoint, ask, stage };
      describe(nameOf(each), () => {
        describeAccess(each);
        describeBodies(each);
        describePaths(each);
        describeSample(each);
        describeIdempotency(each);
        describeAudit(each, () => api.runtime.store);
      });
    }

    describe('verbs and unknown paths', () => describeVerbs(desk, ask));

    it('has a path and verb of its own', () => {
      const names = desk.endpoints.map((endpoint) => nameOf({ desk, endpoint }));
      expect(new Set(names).size).to.equal(names.length);
    });
  });
}
