import { nameOf, sendSample } from '../../functions/test/http/matrix/case.ts';
import { declaredReads } from '../../functions/test/http/matrix/sample.ts';
import { guarded } from '../../functions/test/support/guard.ts';
import { startApi } from '../../functions/test/support/harness.ts';
import { billedStore } from '../../functions/test/support/wire-meter.ts';
import { casesOf } from './bench-world.ts';
import type { Line } from './line.ts';

/** Documents that each endpoint's sample reads and writes, counted on the wire. */
export const budgets: Line = {
  name: 'budgets',
  run: async () => {
    const api = await startApi({ store: billedStore() });
    const cases = casesOf(api, guarded(api));
    const over: string[] = [];
    for (const each of cases) {
      const { endpoint } = each;
      const answer = await sendSample(each, await each.stage().bring(endpoint.sample.given));
      const { status, reads, writes } = answer;
      const isKept = reads <= declaredReads(endpoint, answer) && writes <= endpoint.cost.writes;
      if (status === endpoint.status && isKept) continue;
      over.push(`${nameOf(each)}: ${status}, ${reads} read, ${writes} written`);
    }
    await api.stop();
    return [
      {
        what: `endpoints of ${cases.length} whose sample reads and writes no more than declared`,
        value: cases.length - over.length,
        unit: 'endpoints',
        atLeast: cases.length,
        ...(over.length > 0 && { note: over.join('; ') }),
      },
    ];
  },
};
