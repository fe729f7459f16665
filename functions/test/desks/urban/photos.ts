import { textAt } from '../../support/client.ts';
import type { PhotoPlaces } from '../photo-place.ts';
import { ELEVATOR, urbanWorld } from './world.ts';

/** Where the city services show photos. */
export const urbanPhotos: PhotoPlaces = {
  attachments: {
    field: 'attachments.0',
    setUp: async (api) => {
      const { call, resident, crew } = urbanWorld(api);
      const { citizen, admin } = await crew();
      const ids: string[] = [];
      return {
        sender: citizen,
        show: async (path) => {
          const body = { ...ELEVATOR, attachments: [path] };
          const answer = await call('POST', '/tickets', { as: citizen, body });
          if (answer.status === 201) ids.push(textAt(answer.body, 'id'));
          return answer;
        },
        drops: {
          'its end': () => call('DELETE', `/tickets/${ids.at(-1)}`, { as: admin }),
          'an edit': () =>
            call('PUT', `/tickets/${ids.at(-1)}`, { as: admin, body: { attachments: [] } }),
        },
        sees: { admin },
        blind: { 'another citizen': await resident() },
      };
    },
  },
};
