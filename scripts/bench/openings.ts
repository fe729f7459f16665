import { sendSample } from '../../functions/test/http/matrix/case.ts';
import { casesOf, unbilled } from './bench-world.ts';
import { type Line, oneTo, timed, times } from './line.ts';

const TICKETS = 100;

/** Tickets that each desk opens concurrently, by the sample of its endpoint. */
export const openings: Line = {
  name: 'openings',
  run: ({ api }) => {
    const opens = casesOf(api, unbilled(api)).filter(
      ({ endpoint: { method, path } }) => method === 'post' && path === '/tickets',
    );
    return times(opens.length, async (n) => {
      const each = opens[n];
      if (each === undefined) throw new Error('there is a desk for each number');
      const { desk, endpoint, stage } = each;
      const scene = await stage().bring(endpoint.sample.given);
      const open = async (): Promise<void> => {
        const { status, text } = await sendSample(each, scene);
        if (status !== endpoint.status) throw new Error(`${desk.name}: ${status} ${text}`);
      };
      const took = await timed(() => Promise.all(oneTo(TICKETS).map(open)));
      return {
        what: `${desk.name}: ${TICKETS} tickets opened at once through HTTP`,
        value: TICKETS / (took / 1000),
        unit: 'per second',
      };
    });
  },
};
