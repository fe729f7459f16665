import { expect } from 'chai';
import sharp from 'sharp';
import { makeCopies } from './copies.ts';

const JAKARTA = 'Asia/Jakarta';

const painted = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#336699' } });

/** A photo as a phone writes it, lying on its side. */
const phonePhoto = (offset?: string) =>
  painted(3000, 1000)
    .withExif({
      IFD0: { Make: 'Phone', Orientation: '6' },
      IFD2: {
        DateTimeOriginal: '2026:11:25 08:30:00',
        ...(offset !== undefined && { OffsetTimeOriginal: offset }),
      },
      IFD3: {
        GPSLatitudeRef: 'S',
        GPSLatitude: '6/1 12/1 36/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '106/1 49/1 12/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

/** A segment of a JPEG. */
const segment = (marker: number, text: string): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(text.length + 2, 2);
  return Buffer.concat([head, Buffer.from(text, 'latin1')]);
};

/** Whatever else a camera, an editor or a messenger puts into a JPEG: XMP, IPTC, a comment, a film. */
const withEverything = (photo: Buffer): Buffer => {
  const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><Creator>SecretName</Creator></x:xmpmeta>';
  const iptc = '\x1c\x02\x50\x00\x0aSecretName';
  const resource = `8BIM\x04\x04\0\0\0\0\0\x0f${iptc}\0`;
  return Buffer.concat([
    photo.subarray(0, 2),
    segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${xmp}`),
    segment(0xed, `Photoshop 3.0\0${resource}`),
    segment(0xfe, 'SecretName'),
    photo.subarray(2),
    Buffer.from('\0\0\0\x18ftypmp42SecretName'),
  ]);
};

const failure = async (file: Buffer, type: 'image/jpeg' | 'image/png' | 'image/webp') =>
  makeCopies(file, type, JAKARTA).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('the copies of a photo', () => {
  it('have no metadata, are upright and bounded, and keep time and place apart', async () => {
    const original = withEverything(await phonePhoto('+08:00'));
    const { exif, xmp, iptc } = await sharp(original).metadata();
    expect([exif, xmp, iptc]).not.to.include(undefined);
    const { copy, thumb, width, height, takenAt, takenPlace } = await makeCopies(
      original,
      'image/jpeg',
      JAKARTA,
    );
    expect({ width, height }).to.deep.equal({ width: 683, height: 2048 });
    for (const [file, longer] of [
      [copy, 2048],
      [thumb, 320],
    ] as const) {
      const made = await sharp(file).metadata();
      expect(made.format).to.equal('jpeg');
      expect(made.height).to.equal(longer);
      expect([made.exif, made.icc, made.xmp, made.iptc, made.orientation]).to.deep.equal(
        Array.from({ length: 5 }, () => undefined),
      );
      for (const word of ['Phone', 'Secret', 'Exif', 'Photoshop', 'adobe']) {
        expect(file.includes(word), word).to.equal(false);
      }
    }
    expect(takenAt).to.deep.equal(new Date('2026-11-25T00:30:00Z'));
    expect(takenPlace).to.deep.equal({ latitude: -6.21, longitude: 106.82 });
  });

  it('take a time without an offset for one of the operator’s zone', async () => {
    const { takenAt } = await makeCopies(await phonePhoto(), 'image/jpeg', JAKARTA);
    expect(takenAt).to.deep.equal(new Date('2026-11-25T01:30:00Z'));
  });

  it('are made of PNG and WebP too, are not larger than the photo, and know of no time', async () => {
    for (const [type, file] of [
      ['image/png', await painted(40, 30).png().toBuffer()],
      ['image/webp', await painted(40, 30).webp().toBuffer()],
    ] as const) {
      const made = await makeCopies(file, type, JAKARTA);
      expect(made).to.deep.include({ width: 40, height: 30, takenAt: null, takenPlace: null });
    }
  });

  it('show what is transparent as white, and have no metadata of a PNG or WebP', async () => {
    const glass = sharp({
      create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    }).withExif({ IFD0: { Make: 'SecretName' } });
    for (const [type, file] of [
      ['image/png', await glass.clone().png().toBuffer()],
      ['image/webp', await glass.clone().webp().toBuffer()],
    ] as const) {
      expect(file.includes('SecretName')).to.equal(true);
      const { copy } = await makeCopies(file, type, JAKARTA);
      expect(copy.includes('SecretName')).to.equal(false);
      expect((await sharp(copy).stats()).channels.map(({ min }) => min)).to.deep.equal([
        255, 255, 255,
      ]);
    }
  });

  it('are refused for what is damaged, cut, another type, or would fill the memory', async () => {
    const jpeg = await painted(2000, 2000).jpeg().toBuffer();
    const bomb = await sharp({
      create: { width: 16_000, height: 16_000, channels: 3, background: '#000' },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect(bomb.length).to.be.below(2_000_000);
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    for (const [file, type] of [
      [jpeg.subarray(0, jpeg.length / 2), 'image/jpeg'],
      [Buffer.concat([jpeg.subarray(0, 200), Buffer.alloc(500)]), 'image/jpeg'],
      [jpeg, 'image/png'],
      [bomb, 'image/png'],
      [svg, 'image/png'],
      [Buffer.from('GIF89a'), 'image/webp'],
      [Buffer.alloc(0), 'image/jpeg'],
    ] as const) {
      expect(await failure(file, type), `${type} of ${file.length} bytes`).to.be.instanceOf(Error);
    }
    // No decoder has even looked at it.
    expect(String(await failure(svg, 'image/png'))).to.match(/unsupported/);
  });
});
