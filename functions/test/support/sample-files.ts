import sharp from 'sharp';

const painted = sharp({ create: { width: 64, height: 48, channels: 3, background: '#336699' } });

const box = (brand: string): Buffer =>
  Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${brand}\0\0\0\0mif1${brand}`)]);

/** A photo whose camera names itself, the time and the place. */
export const PHOTO = await painted
  .clone()
  .withExif({ IFD0: { Make: 'SecretCamera' }, IFD2: { DateTimeOriginal: '2026:11:25 08:30:00' } })
  .jpeg()
  .toBuffer();

/** One file of each type that an upload takes, as far as its first bytes go. */
export const TAKEN = {
  'image/jpeg': PHOTO,
  'image/png': await painted.clone().png().toBuffer(),
  'image/webp': await painted.clone().webp().toBuffer(),
  'image/heic': box('heic'),
  'image/heif': box('mif1'),
  'video/mp4': box('isom'),
} as const;

/** Files that an upload refuses, whatever they are called. */
export const REFUSED = {
  'a GIF': Buffer.from('GIF89a\x01\0\x01\0\x80\0\0'),
  'an SVG': Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
  'a page': Buffer.from('<!doctype html><script>alert(1)</script>'),
  'a film of another format': box('qt  '),
  'a program': Buffer.from('\x7fELF\x02\x01\x01', 'latin1'),
  'a JPEG after other bytes': Buffer.concat([Buffer.from('\n'), PHOTO]),
  'two bytes': Buffer.from([0xff, 0xd8]),
  nothing: Buffer.alloc(0),
} as const;
