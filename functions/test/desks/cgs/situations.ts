import { grants, updatePerson } from '../../../src/kernel/auth/grant.ts';
import { type Role, ROLES } from '../../../src/desks/cgs/domain/vocabulary.ts';
import { LISTING } from '../../../src/desks/cgs/users/people.ts';
import { accessSchema, staff } from '../../../src/desks/isp/people.ts';
import { accountsOf } from '../../support/accounts.ts';
import type { TestApi } from '../../support/harness.ts';
import { identitySituations } from '../identity-situations.ts';
import { freeEmail, peopleSituations, personWith } from '../person.ts';
import { type Bring, type Stage, createStage } from '../stage.ts';
import { figureSituations } from './figure-situations.ts';
import { incidentSituations } from './incident-situations.ts';
import { masterSituations } from './master-situations.ts';
import { webhookSituations } from './webhook-situations.ts';
import { type CgsWorld, cgsWorld, type Member, type Situation } from './world.ts';

/** The sample of an access to the ISP desk names a number, so whoever has it must lose that access. */
const freeNumber = async ({ runtime: { store } }: TestApi): Promise<void> => {
  const access = accessSchema.parse(accessSchema.meta()?.examples?.[0]);
  const { ispId, userId } = access;
  const holders = staff.queries.ofNumber.where({
    'access.isp.ispId': ispId,
    'access.isp.userId': userId,
  });
  const found = await store.find({ anyOf: [holders], limit: 100 });
  const keys = found.map(({ id }) => grants.doc(id));
  const reads = await store.load(keys);
  await store.commit(
    keys.flatMap((key) => {
      const seen = reads.get(key);
      return seen === undefined ? [] : updatePerson(seen, { access: {} }, LISTING);
    }),
  );
};

/** Every situation that samples of the CGS desk are given. */
const situationsOf = (api: TestApi, world: CgsWorld) => {
  const accounts = accountsOf(api, world);
  const master = masterSituations(api, world);
  const ticket =
    (situation: Situation): Bring<Role, Member> =>
    async (of) => ({
      params: { id: await world.ticket(situation, { noc: of('NOC'), foc: of('FOC') }) },
    });
  const user = async () => {
    const { id } = await accounts.person('FOC');
    return { params: { id } };
  };
  return {
    Draft: ticket('Draft'),
    Open: ticket('Open'),
    'two Open tickets': async (of) => ({
      words: { ticket: await world.open(of('NOC')), other: await world.open(of('NOC')) },
    }),
    Accepted: ticket('Accepted'),
    OnTheWay: ticket('OnTheWay'),
    CheckInAsked: async (of) => {
      const id = await world.ticket('CheckInAsked', { noc: of('NOC'), foc: of('FOC') });
      return { params: { id, evidenceId: await world.waiting(of('NOC'), id) } };
    },
    CheckedIn: ticket('CheckedIn'),
    OnGoing: ticket('OnGoing'),
    LinkChecked: ticket('LinkChecked'),
    Pending: ticket('Pending'),
    Closed: ticket('Closed'),
    'crew at work': async (of) => {
      const foc = await world.member('FOC', 'West', 'Regu Contoh');
      await world.ticket('CheckedIn', { noc: of('NOC'), foc });
      return {};
    },
    ...peopleSituations(
      api,
      'somebody',
      { community: { role: 'SYSTEM_ADMIN', active: true } },
      'rina@example.com',
    ),
    client: async (of) => ({ words: { client: (await world.client(of('NOC').region)).id } }),
    area: async (of) => {
      await freeEmail(api, 'email@web.com');
      // Whoever is given an area that a later sample takes out of the way would keep a dead reference.
      await master.noArea(of);
      await world.area('West', 'BANDUNG');
      return {};
    },
    ...master,
    ...figureSituations(api, world),
    ...incidentSituations(api, world),
    ...webhookSituations(world),
    ...identitySituations(api, {
      cgs: { role: 'FOC', region: 'West', active: true, area: null, areas: [] },
    }),
    user,
    'user without access to isp': async () => {
      await freeNumber(api);
      return user();
    },
  } as const satisfies Record<string, Bring<Role, Member>>;
};

/** The CGS desk for the matrix. */
export const cgsStage = (api: TestApi): Stage => {
  const world = cgsWorld(api);
  return createStage({
    roles: ROLES,
    person: (role) => world.member(role),
    outsider: () => personWith(api, {}),
    situations: situationsOf(api, world),
    words: (of) => ({ foc: of('FOC').id }),
  });
};
