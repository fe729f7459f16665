import { people } from '../../../src/kernel/auth/person.ts';
import { sessionOf } from '../../../src/kernel/auth/session.ts';
import { type Role, ROLES } from '../../../src/desks/cgs/domain/vocabulary.ts';
import { accountsOf, PASSWORD } from '../../support/accounts.ts';
import type { TestApi } from '../../support/harness.ts';
import { personWith } from '../person.ts';
import { type Bring, type Stage, createStage } from '../stage.ts';
import { masterSituations } from './master-situations.ts';
import { type CgsWorld, cgsWorld, type Member, type Situation } from './world.ts';

/** The samples name a fixed e-mail address, so a person with it from an earlier run is deleted. */
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
    (situation: Situation): Bring<Role, Member> =>
    async (of) => ({
      params: { id: await world.ticket(situation, { noc: of('NOC'), foc: of('FOC') }) },
    });
  return {
    Draft: ticket('Draft'),
    Open: ticket('Open'),
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
    client: async (of) => ({ words: { client: (await world.client(of('NOC').region)).id } }),
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
      // A person without a session, because sessions would add to the bill.
      await api.runtime.store.commit([{ op: 'delete', path: sessionOf(cookie).path }]);
      return { params: { id } };
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
