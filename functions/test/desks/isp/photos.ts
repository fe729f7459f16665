import { randomUUID } from 'node:crypto';
import { textAt } from '../../support/client.ts';
import type { PhotoPlaces } from '../photo-place.ts';
import { ispWorld } from './world.ts';

let number = 5000;

/** Where the ISP helpdesk shows photos. */
export const ispPhotos: PhotoPlaces = {
  'a photo of the staff': {
    field: 'profilePhoto',
    setUp: async (api) => {
      const { agent, call } = ispWorld(api);
      number += 10;
      const ispId = number;
      const admin = await agent({ role: 'admin', ispId, userId: ispId + 1 });
      const staff = await agent({ ispId, userId: ispId + 2 });
      const ids: string[] = [];
      let userId = ispId + 2;
      return {
        sender: admin,
        show: async (profilePhoto) => {
          userId += 1;
          const access = { role: 'staff', userId, ispId, branchIds: [1], active: true };
          const body = {
            email: `${randomUUID()}@crewline.test`,
            name: 'Rina',
            phoneNumber: '0812345678',
            profilePhoto,
            access,
          };
          const answer = await call('POST', '/people', { as: admin, body });
          if (answer.status === 201) ids.push(textAt(answer.body, 'data', 'id'));
          return answer;
        },
        drops: {
          'an edit': () =>
            call('PUT', `/people/${ids.at(-1)}`, { as: admin, body: { profilePhoto: null } }),
        },
        sees: { staff },
        blind: {},
      };
    },
  },
};
