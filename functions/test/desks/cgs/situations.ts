import { people } from '../../../src/kernel/auth/person.ts';
import { newSessionToken, openSession, sessionOf } from '../../../src/kernel/auth/session.ts';
import { type Role, ROLES } from '../../../src/desks/cgs/domain/vocabulary.ts';
import { accountsOf, PASSWORD } from '../../support/accounts.ts';
import { type CgsWorld, cgsWorld, type Member, type Situation } from './world.ts';
import type { TestApi } from '../../support/harness.ts';
import { masterSituations } from './master-situations.ts';
import type { Scene, Stage } from '../stage.ts';

type Crew = Readonly<Record<Role, Member>>;
type Brought = Partial<Pick<Scene, 'params' | 'words'>>;
type Bring = (crew: Crew) => Promise<Brought>;

const crewOf = async ({ member }: CgsWorld): Promise<Crew> => {
  const [SuperAdmin, NOC, FOC, FOCSupervisor] = await Promise.all([
    member('SuperAdmin'),
    member('NOC'),
    member('FOC'),
    member('FOCSupervisor'),
  ]);
  return { SuperAdmin, NOC, FOC, FOCSupervisor };
};

/** The samples name a literal e-mail, so whoever has it from an earlier run must go. */
const freeEmail = async ({ runtime }: TestApi, email: string): Promise<void> => {
  const uid = await runtime.accounts.find(email);
  if (uid === undefined) return;
  await runtime.store.commit([{ op: 'delete', path: people.doc(uid).path }]);
  await runtime.accounts.remove(uid);
};

/** Every situation that samples of the CGS desk are given. */
const situationsOf = (api: TestApi, world: CgsWorld) => {
  const accounts = accountsOf(api, world);
  const ticket =
    (situation: Situation): Bring =>
    async ({ NOC, FOC }) => ({
      params: { id: await world.ticket(situation, { noc: NOC, foc: FOC }) },
    });
  return {
    Draft: ticket('Draft'),
    Open: ticket('Open'),
    Accepted: ticket('Accepted'),
    OnTheWay: ticket('OnTheWay'),
    CheckInAsked: async ({ NOC, FOC }) => {
      const id = await world.ticket('CheckInAsked', { noc: NOC, foc: FOC });
      return { params: { id, evidenceId: await world.waiting(NOC, id) } };
    },
    CheckedIn: ticket('CheckedIn'),
    OnGoing: ticket('OnGoing'),
    LinkChecked: ticket('LinkChecked'),
    Pending: ticket('Pending'),
    Closed: ticket('Closed'),
    client: async ({ NOC }) => ({ words: { client: (await world.client(NOC.region)).id } }),
    area: async () => {
      await freeEmail(api, 'email@web.com');
      await world.area('West', 'BANDUNG');
      return {};
    },
    ...masterSituations(api, world),
    person: async () => {
      const { email } = await accounts.person('FOC');
      return { words: { email, password: PASSWORD } };
    },
    user: async () => {
      const { id, cookie } = await accounts.person('FOC');
      // Somebody who is not signed in: sessions would add to the bill.
      await api.runtime.store.commit([{ op: 'delete', path: sessionOf(cookie).path }]);
      return { params: { id } };
    },
  } as const satisfies Record<string, Bring>;
};

/** The CGS desk for the matrix. */
export const cgsStage = (api: TestApi): Stage => {
  const world = cgsWorld(api);
  const situations: Readonly<Record<string, Bring>> = situationsOf(api, world);
  const roleOf = (name: string): Role => {
    const role = ROLES.find((each) => each === name);
    if (role === undefined) throw new Error(`the CGS desk has no role ${name}`);
    return role;
  };
  return {
    member: (role) => world.member(roleOf(role)),
    outsider: async () => {
      const { runtime } = api;
      const now = runtime.now();
      const cookie = newSessionToken('outsider');
      const person = {
        id: 'outsider',
        email: 'outsider@crewline.test',
        nik: '1',
        name: 'Outsider',
        profilePhoto: null,
        phoneNumber: '0812345678',
        active: true,
        access: {},
        validAfter: now,
        lastLoginAt: null,
        createdAt: now,
        updatedAt: now,
      };
      await runtime.store.commit([openSession(runtime.config, cookie, person, now)]);
      return { cookie };
    },
    bring: async (given) => {
      const bring = given === undefined ? async (): Promise<Brought> => ({}) : situations[given];
      if (bring === undefined) throw new Error(`no test knows how to bring about ${given}`);
      const crew = await crewOf(world);
      const { params = {}, words = {} } = await bring(crew);
      return {
        as: (role) => (role === 'nobody' ? {} : crew[roleOf(role)]),
        params,
        words: { foc: crew.FOC.id, ...words },
      };
    },
  };
};
