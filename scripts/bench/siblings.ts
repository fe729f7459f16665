import { communityWorld } from '../../functions/test/support/community-world.ts';
import { ispWorld } from '../../functions/test/support/isp-world.ts';
import { urbanWorld } from '../../functions/test/support/urban-world.ts';
import type { Bench } from './bench-world.ts';
import { type Figure, type Line, oneTo, timed } from './line.ts';

const CREATES = 100;

/** Something that opens one ticket of a desk. */
type Opening = () => Promise<unknown>;

const openings = async ({ api }: Bench): Promise<Record<string, Opening>> => {
  const isp = ispWorld(api);
  const urban = urbanWorld(api);
  const community = communityWorld(api);
  await community.fill();
  const agent = await isp.agent();
  const { citizen } = await urban.crew();
  const belonging = { companyId: 1, communityId: 1, residentId: 1 };
  const resident = await community.member('RESIDENT', belonging);
  return {
    isp: () => isp.open(agent),
    urban: () => urban.open(citizen),
    community: () => community.open(resident),
  };
};

/** Tickets that the three sibling desks open at once. */
export const siblings: Line = {
  name: 'siblings',
  run: async (bench) => {
    const figures: Figure[] = [];
    for (const [desk, open] of Object.entries(await openings(bench))) {
      const took = await timed(() => Promise.all(oneTo(CREATES).map(open)));
      figures.push({
        what: `${desk}: ${CREATES} tickets opened at once through HTTP`,
        value: CREATES / (took / 1000),
        unit: 'per second',
      });
    }
    return figures;
  },
};
