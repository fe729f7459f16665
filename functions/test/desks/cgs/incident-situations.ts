import { randomUUID } from 'node:crypto';
import type { Role } from '../../../src/desks/cgs/domain/vocabulary.ts';
import type { TestApi } from '../../support/harness.ts';
import type { Bring as BringOf } from '../stage.ts';
import { incidentWorld } from './incident-world.ts';
import { masterWorld } from './master-world.ts';
import type { CgsWorld, Member } from './world.ts';

type Bring = BringOf<Role, Member>;

/** Incidents of the NOC's region, and tickets that may be linked to them. */
export const incidentSituations = (api: TestApi, world: CgsWorld) => {
  const incidents = incidentWorld(world);
  const master = masterWorld(api, world);
  return {
    oneIncident: async (of) => {
      const splitter = { name: `SP ${randomUUID()}`, coordinate: '-6.9147,107.6098' };
      const part = await master.add(of('SuperAdmin'), 'splitters', splitter);
      const id = await incidents.open(of('NOC'), { part: { kind: 'Splitter', id: part } });
      return { params: { id } };
    },
    incidentAndTickets: async (of) => {
      const ids = [await world.open(of('NOC')), await world.open(of('NOC'))] as const;
      const [ticket, otherTicket] = ids;
      return {
        params: { id: await incidents.open(of('NOC')) },
        words: { ticket, otherTicket },
      };
    },
    linkedTicket: async (of) => {
      const ticketId = await world.open(of('NOC'));
      const id = await incidents.open(of('NOC'));
      await incidents.link(of('NOC'), id, ticketId);
      return { params: { id, ticketId } };
    },
  } as const satisfies Record<string, Bring>;
};
