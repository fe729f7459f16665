import type { Media } from './collection.ts';
import { type Taken, takenOf } from './taken.ts';

/** The longer sides of a copy and a thumbnail, in pixels. */
const COPY_SIDE = 2048;
const THUMB_SIDE = 320;
/** More than phones take; less than what fills the memory. */
const MOST_PIXELS = 120_000_000;
const SECONDS = 30;

const LOADERS = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' } as const;

// Not a static import: the bundle would load it whenever a function starts, whoever imports this file.
const { default: sharp } = await import('sharp');

// No other decoder ever sees a file of a stranger.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'],
});
sharp.cache(false);

/** What others see of a photo, and what its camera wrote into it. */
export interface Copies extends Taken {
  readonly copy: Buffer;
  readonly thumb: Buffer;
  readonly width: number;
  readonly height: number;
}

const within = (side: number) =>
  ({ width: side, height: side, fit: 'inside', withoutEnlargement: true }) as const;

const formatOf = (type: Media['type']) =>
  Object.entries(LOADERS).find(([, each]) => each === type)?.[0];

/**
 * Makes a JPEG without metadata, upright, and a thumbnail of it.
 *
 * @throws Error for a photo that is damaged, too large, or of another type than it seemed
 */
export const makeCopies = async (
  original: Buffer,
  type: Media['type'],
  timeZone: string,
): Promise<Copies> => {
  const options = { limitInputPixels: MOST_PIXELS, failOn: 'error' } as const;
  const image = sharp(original, options).timeout({ seconds: SECONDS });
  const { format, exif } = await image.metadata();
  if (format !== formatOf(type)) throw new Error(`a file of type ${type} is a ${format}`);
  const { data, info } = await image
    .autoOrient()
    .resize(within(COPY_SIDE))
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 80 })
    .toBuffer({ resolveWithObject: true });
  const thumb = await sharp(data).resize(within(THUMB_SIDE)).jpeg({ quality: 75 }).toBuffer();
  const { width, height } = info;
  return { copy: data, thumb, width, height, ...takenOf(exif, timeZone) };
};
