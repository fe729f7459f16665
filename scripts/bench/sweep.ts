import { sweepTickets } from '../../functions/src/desks/cgs/tickets/clock.ts';
import { atMost, type Line } from './line.ts';

const DUE = 10_000;
/** What the deployed clock may take. */
const LIMIT_MS = 480_000;
const DAYS_AHEAD = 60;

/** Open tickets whose promise has run out, all noted by one sweep. */
export const sweepOfDue: Line = {
  name: 'sweep',
  run: async ({ api, fill }) => {
    await fill(DUE);
    const ahead = DAYS_AHEAD * 24 * 60 * 60_000;
    const now = () => new Date(Date.now() + ahead);
    const started = performance.now();
    const report = await sweepTickets(
      { ...api.runtime, now },
      new Date(now().getTime() + LIMIT_MS),
    );
    const seconds = (performance.now() - started) / 1000;
    return [
      {
        what: `sweep of ${report.changed.toLocaleString('en')} due tickets`,
        value: seconds,
        unit: 'seconds',
        ...atMost(
          report.finished ? seconds : Number.POSITIVE_INFINITY,
          LIMIT_MS / 1000,
          'within 480',
        ),
        note: `${Math.round(report.changed / seconds)} per second, ${report.failed} failed`,
      },
    ];
  },
};
