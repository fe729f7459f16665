import { STATUSES } from '../../../src/desks/urban/domain/vocabulary.ts';
import type { TestApi } from '../../support/harness.ts';
import { type Crew, type Resident, urbanWorld } from './world.ts';
import type { Scene, Stage } from '../stage.ts';

/** What is brought about, and who the citizen of the sample is: the one who opened the ticket. */
interface Brought {
  readonly id?: string;
  readonly citizen?: Resident;
}

type Bring = (crew: Crew) => Promise<Brought>;

/** The city services for the matrix; its reader has all permissions. */
export const urbanStage = (api: TestApi): Stage => {
  const world = urbanWorld(api);
  const situations: Readonly<Record<string, Bring>> = {
    pending: async (crew) => ({ id: await world.ticketIn('PENDING', crew) }),
    'in progress': async (crew) => ({ id: await world.ticketIn('IN_PROGRESS', crew) }),
    'every status': async (crew) => {
      for (const status of STATUSES) await world.ticketIn(status, crew);
      return {};
    },
    assigned: async (crew) => {
      await world.ticketIn('IN_PROGRESS', crew);
      return { citizen: crew.technician };
    },
  };
  const bring = async (given: string | undefined): Promise<Scene> => {
    const how = given === undefined ? async () => ({}) : situations[given];
    if (how === undefined) throw new Error(`no test knows how to bring about ${given}`);
    const crew = await world.crew();
    const { id, citizen = crew.citizen }: Brought = await how(crew);
    return {
      as: (role) => (role === 'Reader' ? crew.admin : citizen),
      params: id === undefined ? {} : { id },
      words: { technician: crew.technician.id },
    };
  };
  return {
    member: async (role) => {
      const { admin, citizen } = await world.crew();
      return role === 'Reader' ? admin : citizen;
    },
    outsider: () => world.withAccess({}),
    bring,
  };
};
