import { randomUUID } from 'node:crypto';
import { textAt } from '../../support/client.ts';
import type { PhotoPlaces } from '../photo-place.ts';
import { incidentWorld } from './incident-world.ts';
import { cgsWorld } from './world.ts';

/** Two tickets that a FOC works on, of which each command names a photo in another one. */
const inCommand =
  (command: string, body: object = {}): PhotoPlaces[string]['setUp'] =>
  async (api) => {
    const { call, member, ticket } = cgsWorld(api);
    const [noc, foc] = await Promise.all([member('NOC'), member('FOC')]);
    const two = [await ticket('OnGoing', { noc, foc }), await ticket('OnGoing', { noc, foc })];
    const supervisor = await member('FOCSupervisor');
    return {
      sender: foc,
      show: (mediaUrl) => {
        two.reverse();
        const path = `/v1/tickets/${two[0]}/${command}`;
        return call('POST', path, { as: foc, body: { mediaUrl, ...body } });
      },
      sees: { noc, supervisor, superAdmin: await member('SuperAdmin') },
      blind: { 'a NOC elsewhere': await member('NOC', 'East'), 'a FOC': await member('FOC') },
    };
  };

/** Where the CGS desk shows photos. */
export const cgsPhotos: PhotoPlaces = {
  evidence: { field: 'mediaUrl', setUp: inCommand('taskStatus/jointing') },
  'a note': { field: 'mediaUrl', setUp: inCommand('notes', { remark: 'The pole leans.' }) },
  'a note of an incident': {
    field: 'mediaUrl',
    setUp: async (api) => {
      const world = cgsWorld(api);
      const its = incidentWorld(world);
      const noc = await world.member('NOC');
      const two = [await its.open(noc), await its.open(noc)];
      return {
        sender: noc,
        show: (mediaUrl) => {
          two.reverse();
          return its.note(noc, two[0] ?? '', 'The cut is under the bridge.', { mediaUrl });
        },
        sees: { 'a FOC': await world.member('FOC'), superAdmin: await world.member('SuperAdmin') },
        blind: { 'a NOC elsewhere': await world.member('NOC', 'East') },
      };
    },
  },
  'a photo of a user': {
    field: 'profilePhoto',
    setUp: async (api) => {
      const { call, member } = cgsWorld(api);
      const sender = await member('SuperAdmin');

      const ids: string[] = [];
      const profile = { nik: '12', name: 'Rina', phoneNumber: '0812345678' };
      const body = { ...profile, role: 'NOC', region: 'West', area: null };
      return {
        sender,
        show: async (profilePhoto) => {
          const answer = await call('POST', '/v1/users', {
            as: sender,
            body: { ...body, email: `${randomUUID()}@crewline.test`, profilePhoto },
          });
          if (answer.status === 201) ids.push(textAt(answer.body, 'data', 'result', 'id'));
          return answer;
        },
        drops: {
          'its end': () => call('DELETE', `/v1/users/${ids.at(-1)}`, { as: sender }),
          'an edit': () =>
            call('PUT', `/v1/users/${ids.at(-1)}`, { as: sender, body: { profilePhoto: null } }),
        },
        sees: { 'a FOC': await member('FOC', 'East') },
        blind: {},
      };
    },
  },
};
