import type { Role } from '../../../src/desks/cgs/domain/vocabulary.ts';
import type { TestApi } from '../../support/harness.ts';
import { personWith } from '../person.ts';

export const SUPERVISOR = 'Supervisor';

const CAST = [
  ['NOC', 'NOC one'],
  ['NOC', 'NOC two'],
  ['FOC', 'FOC one'],
  ['FOC', 'FOC two'],
  ['FOC', 'FOC three'],
  ['FOCSupervisor', SUPERVISOR],
  ['SuperAdmin', 'SuperAdmin'],
] as const satisfies readonly (readonly [Role, string])[];

/** The people of a history, all of one region. */
export const peopleOf = (api: TestApi) =>
  Promise.all(
    CAST.map(async ([role, name]) => {
      const access = { cgs: { role, region: 'West', active: true, area: null, areas: [] } };
      return { role, name, ...(await personWith(api, access, { name })) };
    }),
  );
