import { randomUUID } from 'node:crypto';
import { sendSample } from '../../functions/test/http/matrix/case.ts';
import { fill } from '../../functions/test/desks/stage.ts';
import { at } from '../../functions/test/support/client.ts';
import { casesOf, unbilled } from './bench-world.ts';
import { type Figure, type Line, ms, oneTo, timed } from './line.ts';

const ROWS = 5_000;

/** The sample's row ROWS times, each with another cid (the first column). */
const csvOf = (sample: unknown): string => {
  const [names = '', row = ''] = String(sample).split('\n');
  const rest = row.slice(row.indexOf(','));
  return [names, ...oneTo(ROWS).map(() => `${randomUUID()}${rest}`)].join('\n');
};

/** A CSV import of new clients of one network, and the same import again. */
export const importClients: Line = {
  name: 'import',
  run: async ({ api }) => {
    const each = casesOf(api, unbilled(api)).find(
      ({ endpoint: { path } }) => path === '/clients/import',
    );
    if (each === undefined) throw new Error('there is no import of clients');
    const { sample } = each.endpoint;
    const scene = await each.stage().bring(sample.given);
    const raw = csvOf(fill(sample.body, scene.words));
    const rate = async (what: string, counted: string): Promise<Figure> => {
      const took = await timed(async () => {
        const { body, status, text } = await sendSample(each, scene, { raw });
        const count = at(body, 'data', counted) ?? at(body, 'data', 'result', counted);
        if (count !== ROWS) throw new Error(`${status}: ${text.slice(0, 300)}`);
      });
      return { what, value: ROWS / (took / 1000), unit: 'rows per second', note: ms(took) };
    };
    return [
      await rate(`import of ${ROWS.toLocaleString('en')} new clients`, 'created'),
      await rate('the same file sent again: nothing to write', 'unchanged'),
    ];
  },
};
