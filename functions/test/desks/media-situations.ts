import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Grant } from '../../src/kernel/auth/grant.ts';
import { filesOf, type Media, media } from '../../src/kernel/media/collection.ts';
import { signLink } from '../../src/kernel/media/link.ts';
import type { TestApi } from '../support/harness.ts';
import { personWith } from './person.ts';
import type { Brought } from './stage.ts';

/** A photo as its upload and the function of its copies leave it. */
const photoOf = async (
  { runtime }: TestApi,
  ownerId: string,
  more: Partial<Media> = {},
): Promise<Media> => {
  const { store, files, now } = runtime;
  const id = randomUUID();
  const content = Buffer.from('a photo');
  const photo: Media = {
    id,
    desk: 'cgs',
    ownerId,
    type: 'image/jpeg',
    state: 'ready',
    bytes: content.length,
    path: `media/${randomUUID()}`,
    secret: randomUUID(),
    attachedTo: null,
    takenAt: now(),
    takenPlace: { latitude: -6.2, longitude: 106.8 },
    copy: { bytes: content.length, thumbBytes: content.length, width: 640, height: 480 },
    attempts: 1,
    dueAt: new Date(now().getTime() + 60 * 60_000),
    isLeaving: false,
    createdAt: now(),
    ...more,
  };
  for (const path of Object.values(filesOf(photo))) {
    await files.put(path, 'image/jpeg', Readable.from([content]));
  }
  await store.commit([media.create(id, photo)]);
  return photo;
};

/** The situations that the samples about photos are given, the same at each desk. */
export const mediaSituations = (api: TestApi, access: Grant['access']) => ({
  photo: async (): Promise<Brought> => {
    const sender = await personWith(api, access);
    const { id } = await photoOf(api, sender.id);
    return { sender, params: { id } };
  },
  'linked photo': async (): Promise<Brought> => {
    const { id: uid } = await personWith(api, access);
    const photo = await photoOf(api, uid);
    const linked = { size: 'full', isOwn: true } as const;
    const { token } = signLink(photo, linked, api.runtime.now());
    return { params: { id: photo.id, token } };
  },
});
