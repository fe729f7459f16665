import { type Role, ROLES } from '../../../src/desks/community/domain/vocabulary.ts';
import type { TestApi } from '../../support/harness.ts';
import { identitySituations } from '../identity-situations.ts';
import { type Bring, type Stage, createStage } from '../stage.ts';
import { peopleSituations } from '../person.ts';
import { communityWorld, type Member } from './world.ts';

const HOME = { companyId: 1, communityId: 1, residentId: 1 };

/** The community desk for the matrix: its samples are of the demo data's company 1. */
export const communityStage = (api: TestApi): Stage => {
  const world = communityWorld(api);
  let filled: Promise<void> | undefined;
  const adding =
    (role: Role, path: string, body: () => object): Bring<Role, Member> =>
    async (of) => ({ params: { id: String(await world.create(of(role), path, body())) } });
  return createStage<Role, Member>({
    roles: ROLES,
    person: async (role) => {
      filled ??= world.fill();
      await filled;
      return world.member(role);
    },
    outsider: () => world.withAccess({}),
    words: () => ({ codigo: world.newCode() }),
    situations: {
      ...identitySituations(api, {
        community: {
          role: 'SYSTEM_ADMIN',
          active: true,
          companyId: null,
          communityId: null,
          residentId: null,
        },
      }),
      ...peopleSituations(
        api,
        'neighbour',
        { community: { role: 'RESIDENT', ...HOME, active: true } },
        'rina.community@example.com',
      ),
      neighbourhood: async () => ({}),
      ticket: async (of) => {
        const id = await world.open(of('RESIDENT'));
        await world.comment(of('RESIDENT'), id);
        return { params: { id: String(id) } };
      },
      comment: async (of) => {
        const ticket = await world.open(of('RESIDENT'));
        return { params: { id: String(await world.comment(of('RESIDENT'), ticket)) } };
      },
      category: adding('SYSTEM_ADMIN', '/categoriaticket', () => ({ descripcion: 'Mascotas' })),
      status: adding('SYSTEM_ADMIN', '/statusticket', () => ({
        codigo: world.newCode(),
        descripcion: 'En espera',
        color: '#F97316',
      })),
      company: adding('SYSTEM_ADMIN', '/companies', () => ({ name: 'Gestora Sur' })),
      community: adding('ADMIN_COMPANY', '/communities', () => ({
        companyId: 1,
        name: 'Edificio 9',
      })),
      resident: adding('ADMIN_COMPANY', '/residents', () => ({
        communityId: 1,
        name: 'Iván Soto',
      })),
    },
  });
};
