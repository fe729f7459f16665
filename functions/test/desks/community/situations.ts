import { ROLES, type Role } from '../../../src/desks/community/domain/vocabulary.ts';
import { communityWorld, type Member } from './world.ts';
import type { TestApi } from '../../support/harness.ts';
import type { Scene, Stage } from '../stage.ts';

type Cast = Readonly<Record<Role, Member>>;
type Bring = (cast: Cast) => Promise<Scene['params']>;

const roleOf = (name: string): Role => {
  const role = ROLES.find((each) => each === name);
  if (role === undefined) throw new Error(`the community desk has no role ${name}`);
  return role;
};

/** The community desk for the matrix: its samples are of the demo data's company 1. */
export const communityStage = (api: TestApi): Stage => {
  const world = communityWorld(api);
  const adding =
    (role: Role, path: string, body: () => object): Bring =>
    async (cast) => ({ id: String(await world.create(cast[role], path, body())) });
  const situations: Readonly<Record<string, Bring>> = {
    neighbourhood: async () => ({}),
    ticket: async ({ RESIDENT }) => {
      const id = await world.open(RESIDENT);
      await world.comment(RESIDENT, id);
      return { id: String(id) };
    },
    comment: async ({ RESIDENT }) => ({
      id: String(await world.comment(RESIDENT, await world.open(RESIDENT))),
    }),
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
    resident: adding('ADMIN_COMPANY', '/residents', () => ({ communityId: 1, name: 'Iván Soto' })),
  };
  return {
    member: async (role) => {
      await world.fill();
      return world.member(roleOf(role));
    },
    outsider: () => world.withAccess({}),
    bring: async (given = 'neighbourhood') => {
      const bring = situations[given];
      if (bring === undefined) throw new Error(`no test knows how to bring about ${given}`);
      await world.fill();
      const [RESIDENT, ADMIN_COMPANY, SYSTEM_ADMIN] = await Promise.all([
        world.member('RESIDENT'),
        world.member('ADMIN_COMPANY'),
        world.member('SYSTEM_ADMIN'),
      ]);
      const cast = { RESIDENT, ADMIN_COMPANY, SYSTEM_ADMIN };
      const params = await bring(cast);
      const words = { ...params, codigo: world.newCode() };
      return { as: (role) => cast[roleOf(role)], params, words };
    },
  };
};
