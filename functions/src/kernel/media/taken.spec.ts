import { expect } from 'chai';
import fc from 'fast-check';
import sharp from 'sharp';
import { takenOf } from './taken.ts';

const UNKNOWN = { takenAt: null, takenPlace: null };

const painted = sharp({ create: { width: 8, height: 8, channels: 3, background: '#336699' } });

/** What is read of a photo that has these tags of a camera (IFD2) and of a receiver (IFD3). */
const taken = async (photo: Record<string, string>, gps: Record<string, string> = {}) => {
  const tagged = await painted.clone().withExif({ IFD2: photo, IFD3: gps }).jpeg().toBuffer();
  return takenOf((await sharp(tagged).metadata()).exif, 'Asia/Jakarta');
};

/** Tags of a place; `6/1 12/1 30/1` are 6° 12′ 30″. */
const at = (latitude: string, south: string, longitude: string, west: string) => ({
  GPSLatitude: latitude,
  GPSLatitudeRef: south,
  GPSLongitude: longitude,
  GPSLongitudeRef: west,
});

describe('what a camera writes into a photo', () => {
  it('is unknown where there is nothing, or nothing that makes sense', () => {
    expect(takenOf(undefined, 'Asia/Jakarta')).to.deep.equal(UNKNOWN);
    const bytes = fc.uint8Array({ maxLength: 400 });
    fc.assert(
      fc.property(bytes, fc.boolean(), (some, isBigEndian) => {
        const start = isBigEndian ? 'Exif\0\0MM\0*\0\0\0\b' : 'Exif\0\0II*\0\b\0\0\0';
        const block = Buffer.concat([Buffer.from(start, 'latin1'), some]);
        const { takenAt, takenPlace } = takenOf(block, 'Asia/Jakarta');
        expect(takenAt === null || !Number.isNaN(takenAt.getTime())).to.equal(true);
        expect(takenPlace === null || Math.abs(takenPlace.latitude) <= 90).to.equal(true);
      }),
    );
  });

  const DateTimeOriginal = '2026:11:25 08:30:00';

  for (const [offset, moment] of [
    [undefined, '2026-11-25T01:30:00.000Z'],
    ['+09:30', '2026-11-24T23:00:00.000Z'],
    ['-03:00', '2026-11-25T11:30:00.000Z'],
    ['nowhere', '2026-11-25T01:30:00.000Z'],
  ] as const) {
    it(`is ${moment} for half past eight with the offset ${offset ?? 'of the operator'}`, async () => {
      const tags = { DateTimeOriginal, ...(offset && { OffsetTimeOriginal: offset }) };
      expect((await taken(tags)).takenAt?.toISOString()).to.equal(moment);
    });
  }

  it('has no time where the camera’s clock was not set', async () => {
    expect(await taken({ DateTimeOriginal: '0000:00:00 00:00:00' })).to.deep.equal(UNKNOWN);
  });

  for (const [tags, place] of [
    [at('6/1 12/1 30/1', 'S', '106/1 49/1 5/1', 'E'), [-6.208333, 106.818056]],
    [at('40/1 25/1 0/1', 'N', '3/1 42/1 1234567/100000', 'W'), [40.416667, -3.703429]],
    [at('90/1 0/1 0/1', 'N', '180/1 0/1 0/1', 'W'), [90, -180]],
  ] as const) {
    it(`is at ${place.join(', ')} by the degrees of its receiver`, async () => {
      const [latitude, longitude] = place;
      expect((await taken({}, tags)).takenPlace).to.deep.equal({ latitude, longitude });
    });
  }

  for (const [why, tags] of Object.entries({
    'north of the pole': at('90/1 0/1 1/1', 'N', '3/1 0/1 0/1', 'W'),
    'east of the date line': at('6/1 0/1 0/1', 'S', '180/1 0/1 1/1', 'E'),
    'without a longitude': { GPSLatitude: '6/1 0/1 0/1', GPSLatitudeRef: 'S' },
    'of nothing but zeros': at('0/0 0/0 0/0', 'N', '0/0 0/0 0/0', 'E'),
  })) {
    it(`is nowhere for a place ${why}`, async () => {
      expect((await taken({ DateTimeOriginal }, tags)).takenPlace).to.equal(null);
    });
  }
});
