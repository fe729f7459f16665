import { at, type Received } from '../../support/client.ts';
import type { PhotoPlaces } from '../photo-place.ts';
import { type CommunityWorld, communityWorld } from './world.ts';

const people = async ({ fill, member }: CommunityWorld) => {
  await fill();
  return {
    sender: await member('RESIDENT'),
    sees: { neighbour: await member('RESIDENT'), admin: await member('ADMIN_COMPANY') },
    blind: { 'another company': await member('ADMIN_COMPANY', { companyId: 2 }) },
  };
};

const noting = (ids: string[], answer: Received): Received => {
  if (answer.status === 201) ids.push(String(at(answer.body, 'id')));
  return answer;
};

/** Where the community desk shows images. */
export const communityPhotos: PhotoPlaces = {
  'the images of a ticket': {
    field: 'imageUrls.0',
    setUp: async (api) => {
      const world = communityWorld(api);
      const { call } = world;
      const those = await people(world);
      const ids: string[] = [];
      return {
        ...those,
        show: async (path) => {
          const body = { categoriaTicketId: 1, imageUrls: [path] };
          return noting(ids, await call('POST', '/tickets', { as: those.sender, body }));
        },
        drops: {
          'its end': () => call('DELETE', `/tickets/${ids.at(-1)}`, { as: those.sender }),
          'an edit': () =>
            call('PUT', `/tickets/${ids.at(-1)}`, { as: those.sender, body: { imageUrls: null } }),
        },
      };
    },
  },
  'the images of a comment': {
    field: 'imageUrls.0',
    setUp: async (api) => {
      const world = communityWorld(api);
      const { call } = world;
      const those = await people(world);
      const ticket = await world.open(those.sender);
      const ids: string[] = [];
      const comment = { origen: 'ticket', idOrigen: String(ticket), comentarioTexto: 'Mira.' };
      return {
        ...those,
        show: async (path) => {
          const body = { ...comment, imageUrls: [path] };
          return noting(ids, await call('POST', '/comentarios', { as: those.sender, body }));
        },
        drops: {
          'its end': () => call('DELETE', `/comentarios/${ids.at(-1)}`, { as: those.sender }),
          'an edit': () =>
            call('PUT', `/comentarios/${ids.at(-1)}`, {
              as: those.sender,
              body: { imageUrls: null },
            }),
          'the end of its ticket': () => call('DELETE', `/tickets/${ticket}`, { as: those.sender }),
        },
      };
    },
  },
};
