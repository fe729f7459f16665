import { randomUUID } from 'node:crypto';
import { cgsWorld } from '../../functions/test/support/cgs-world.ts';
import { at } from '../../functions/test/support/client.ts';
import { masterWorld } from '../../functions/test/support/master-world.ts';
import { type Line, ms, oneTo } from './line.ts';

const ROWS = 5_000;

/** A CSV file of new clients who all hang on one network, and its second sending. */
export const importClients: Line = {
  name: 'import',
  run: async ({ api }) => {
    const world = cgsWorld(api);
    const admin = await world.member('SuperAdmin');
    const { network, clientBody } = masterWorld(api, world);
    const body = clientBody(await network(admin));
    const columns = Object.entries({ ...body, isp: body.isp.id, ms: body.ms.name });
    const rows = oneTo(ROWS).map(() =>
      columns
        .map(([name, value]) => `"${name === 'cid' ? randomUUID() : String(value)}"`)
        .join(','),
    );
    const csv = [columns.map(([name]) => name).join(','), ...rows].join('\n');
    const send = async (told: string): Promise<number> => {
      const started = performance.now();
      const answer = await world.call('POST', '/v1/clients/import', {
        as: admin,
        raw: csv,
        headers: { 'Content-Type': 'text/csv' },
      });
      const count = at(answer.body, 'data', told) ?? at(answer.body, 'data', 'result', told);
      if (count !== ROWS) throw new Error(`${answer.status}: ${answer.text.slice(0, 300)}`);
      return performance.now() - started;
    };
    const first = await send('created');
    const again = await send('unchanged');
    return [
      {
        what: `import of ${ROWS.toLocaleString('en')} new clients`,
        value: ROWS / (first / 1000),
        unit: 'rows per second',
        note: ms(first),
      },
      {
        what: 'the same file sent again: nothing to write',
        value: ROWS / (again / 1000),
        unit: 'rows per second',
        note: ms(again),
      },
    ];
  },
};
