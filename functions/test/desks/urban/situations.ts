import {
  PERMISSIONS,
  type Role,
  ROLES,
  STATUSES,
} from '../../../src/desks/urban/domain/vocabulary.ts';
import type { TestApi } from '../../support/harness.ts';
import { identitySituations } from '../identity-situations.ts';
import { type Cast, type Stage, createStage } from '../stage.ts';
import { peopleSituations } from '../person.ts';
import { type Crew, type Resident, urbanWorld } from './world.ts';

/** The city services for the matrix; the reader has all permissions. */
export const urbanStage = (api: TestApi): Stage => {
  const world = urbanWorld(api);
  const crewOf = async (of: Cast<Role, Resident>): Promise<Crew> => ({
    citizen: of('Citizen'),
    technician: await world.resident(),
    admin: of('Reader'),
  });
  return createStage<Role, Resident>({
    roles: ROLES,
    person: (role) => world.resident(role === 'Reader' ? PERMISSIONS : []),
    outsider: () => world.withAccess({}),
    situations: {
      ...identitySituations(api, { urban: { permissions: [], active: true } }),
      technician: async (of) => {
        const technician = await world.withAccess({
          urban: { technician: true, permissions: [], active: true },
        });
        await world.ticketIn('IN_PROGRESS', { ...(await crewOf(of)), technician });
        return {};
      },
      ...peopleSituations(
        api,
        'neighbour',
        { urban: { technician: false, permissions: [], active: true } },
        'rina.urban@example.com',
      ),
      pending: async (of) => {
        const crew = await crewOf(of);
        const id = await world.ticketIn('PENDING', crew);
        return { params: { id }, words: { technician: crew.technician.id } };
      },
      noted: async (of) => ({
        params: {
          id: await world.ticketIn('PENDING', await crewOf(of), { notes: 'Urgent issue' }),
        },
      }),
      'in progress': async (of) => ({
        params: { id: await world.ticketIn('IN_PROGRESS', await crewOf(of)) },
      }),
      'every status': async (of) => {
        const crew = await crewOf(of);
        for (const status of STATUSES) await world.ticketIn(status, crew);
        return {};
      },
      assigned: async (of) => {
        const crew = await crewOf(of);
        await world.ticketIn('IN_PROGRESS', crew);
        return { sender: crew.technician };
      },
    },
  });
};
