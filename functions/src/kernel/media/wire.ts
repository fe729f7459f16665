import { z } from 'zod';
import { type Media, MEDIA_STATES, MEDIA_TYPES, mediaStateSchema } from './collection.ts';

const date = z.iso.datetime();
const states = Object.entries(MEDIA_STATES).map(([name, meaning]) => `${name}: ${meaning}`);

/** A photo or film as responses describe it. */
export const mediaWire = z
  .object({
    id: z.uuid(),
    path: z.string().meta({ description: 'what a field that names it takes' }),
    url: z.string().meta({ description: 'where it is read, with a session' }),
    type: z.enum(MEDIA_TYPES),
    bytes: z.int(),
    state: mediaStateSchema.meta({ description: states.join('; ') }),
    takenAt: date.nullable().meta({ description: 'as the camera wrote it' }),
    takenPlace: z.string().nullable().meta({ description: 'latitude,longitude, by the camera' }),
    width: z.int().nullable().meta({ description: 'of the copy' }),
    height: z.int().nullable(),
    createdAt: date,
  })
  .meta({ id: 'Media' });

export const mediaToWire = (
  { id, type, bytes, state, takenAt, takenPlace, copy, createdAt }: Media,
  paths: { readonly path: string; readonly url: string },
): z.input<typeof mediaWire> => ({
  id,
  ...paths,
  type,
  bytes,
  state,
  takenAt: takenAt && takenAt.toISOString(),
  takenPlace: takenPlace && `${takenPlace.latitude},${takenPlace.longitude}`,
  width: copy && copy.width,
  height: copy && copy.height,
  createdAt: createdAt.toISOString(),
});
