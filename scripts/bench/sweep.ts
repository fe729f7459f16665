import { sweepTickets } from '../../functions/src/desks/cgs/tickets/clock.ts';
import { type Line } from './line.ts';

const DUE = 10_000;
/** What the deployed clock may take. */
const LIMIT_MS = 480_000;
const AHEAD_MS = 60 * 24 * 60 * 60_000;

/** Open tickets over their SLA, all marked by one sweep. */
export const sweepOfDue: Line = {
  name: 'sweep',
  run: async ({ api, fill }) => {
    await fill(DUE);
    const now = () => new Date(Date.now() + AHEAD_MS);
    const until = new Date(now().getTime() + LIMIT_MS);
    const started = performance.now();
    const report = await sweepTickets({ ...api.runtime, now }, until);
    const seconds = (performance.now() - started) / 1000;
    const { changed, failed, finished } = report;
    if (!finished || failed > 0 || changed < DUE) {
      throw new Error(`${JSON.stringify(report)}: ${JSON.stringify(api.lines.at(-1))}`);
    }
    return [
      {
        what: `sweep of ${changed.toLocaleString('en')} due tickets`,
        value: seconds,
        unit: 'seconds',
        atMost: LIMIT_MS / 1000,
        note: `${Math.round(changed / seconds)} per second`,
      },
    ];
  },
};
