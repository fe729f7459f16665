import { expect } from 'chai';
import fc from 'fast-check';
import { takenOf } from './taken.ts';

const UNKNOWN = { takenAt: null, takenPlace: null };

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
});
