import { expect } from 'chai';
import { KITS } from '../desks/kits.ts';
import { send } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { inputSchema } from '../support/json-schema.ts';
import { ownRuntime } from '../support/own-store.ts';
import { nameOf, pathOf } from './matrix/case.ts';
import { rowsIn } from './matrix/sample.ts';

/** Texts without a word of two characters. */
const USELESS = ['-', '"!, .', ' ', 'a', 'a b', '(a)', '🙂'];

for (const { desk, stage: setUp } of Object.values(KITS)) {
  describe(`every list of the desk ${desk.name}`, () => {
    let api: TestApi;

    before(async () => {
      api = await startApi({ store: ownRuntime().runtime.store });
    });
    after(() => api.stop());

    const lists = desk.endpoints.filter(({ input }) => {
      const { properties = {} } = inputSchema(input.query);
      return 'limit' in properties || 'q' in properties;
    });

    for (const endpoint of lists) {
      const { sample, input } = endpoint;
      const { properties = {}, required = [] } = inputSchema(input.query);
      const needed = Object.fromEntries(
        Object.entries(sample.query ?? {}).filter(([name]) => required.includes(name)),
      );

      /** Sends the list's sample without filters but for these. */
      const asker = async () => {
        const scene = await setUp(api).bring(sample.given);
        return (query: Readonly<Record<string, string>>) => {
          const ask = async () => {
            throw new Error('sent by the test itself');
          };
          const each = { desk, endpoint, ask, stage: () => setUp(api) };
          const path = pathOf(each, { ...scene.params, ...sample.params }, { ...needed, ...query });
          return send(api.url, 'GET', path, { as: scene.as(sample.as) });
        };
      };

      const name = nameOf({ desk, endpoint });

      // At the cgs desk the body has the total (`figures.spec.ts`); an export has none.
      if (desk !== KITS.cgs.desk && 'limit' in properties) {
        it(`${name} says with count=true how many rows there are`, async () => {
          const ask = await asker();
          const all = await ask({});
          expect(all.status, all.text).to.equal(200);
          expect(rowsIn(all)).to.be.greaterThan(0);
          expect(all.headers.get('X-Total-Count')).to.equal(null);
          const counted = await ask({ count: 'true', limit: '1' });
          expect(counted.headers.get('X-Total-Count')).to.equal(String(rowsIn(all)));
          const plain = await ask({ count: 'false' });
          expect(plain.headers.get('X-Total-Count')).to.equal(null);
          expect((await ask({ count: 'yes' })).status).to.equal(400);
        });
      }

      it(`${name} takes an empty value for no filter`, async () => {
        const ask = await asker();
        const all = await ask({});
        const filters = Object.keys(properties).filter((each) => !required.includes(each));
        for (const filter of filters) {
          const answer = await ask({ [filter]: '' });
          expect(answer.status, `${filter} ${answer.text}`).to.equal(200);
          expect(answer.text, filter).to.equal(all.text);
        }
      });

      if ('q' in properties) {
        it(`${name} refuses a search without a usable word`, async () => {
          const ask = await asker();
          for (const q of USELESS) {
            const answer = await ask({ q });
            expect(answer.status, `${q} ${answer.text}`).to.equal(400);
            const message = 'Send a word of at least 2 characters, without punctuation.';
            // Each desk lists wrong fields in its own form.
            expect(answer.text).to.match(/"q"/).and.include(message);
          }
        });
      }
    }
  });
}
