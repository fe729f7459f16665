import { expect } from 'chai';
import { foreignIn, namedIn } from './paths.ts';

const HOSTS = ['media.example', 'photos.test'];
const UPLOAD = '0f8b2c1e-1111-4222-8333-444455556666';

const HERE = [
  `/v1/media/${UPLOAD}`,
  `uploads/${UPLOAD}`,
  'uploads/tickets/1/photo.jpg',
  '/uploads//photo.jpg',
  'photo.jpg?from=//evil.org',
  '',
];

const ACCEPTED = [
  'https://media.example/1.jpg',
  'https://cdn.media.example/1.jpg',
  'HTTPS://MEDIA.EXAMPLE/1.jpg',
  'https://photos.test:8443/1.jpg',
  'https://media.example/1.jpg?next=https://evil.org/#//evil.org',
];

const FOREIGN = [
  'https://evil.org/1.jpg',
  'https://media.example.evil.org/1.jpg',
  'https://evilmedia.example/1.jpg',
  'https://example/1.jpg',
  'https://media.example./1.jpg',
  'https://media.example@evil.org/1.jpg',
  'https://media.example:443@evil.org/1.jpg',
  'https://me:secret@media.example/1.jpg',
  'https://evil.org#@media.example/1.jpg',
  'https://evil.org?@media.example/1.jpg',
  'https://evil.org\\@media.example/1.jpg',
  'https://media.example\\@evil.org/1.jpg',
  'https://media.example /1.jpg',
  'https:evil.org/1.jpg',
  '//evil.org/1.jpg',
  '///evil.org/1.jpg',
  '/\\evil.org/1.jpg',
  '\\\\evil.org\\1.jpg',
  '/\t/evil.org/1.jpg',
  ' //evil.org/1.jpg',
  '//',
  'javascript:alert(1)',
  'data:image/png;base64,AAAA',
  'file:///etc/passwd',
];

describe('what a field of photos names', () => {
  const isForeign = (value: string): boolean => foreignIn(namedIn('f', value), HOSTS) !== undefined;

  it('is here when it is a path, however that looks', () => {
    expect(HERE.filter(isForeign)).to.deep.equal([]);
  });

  it('may be on a host that is accepted, and on those below it', () => {
    expect(ACCEPTED.filter(isForeign)).to.deep.equal([]);
    expect(foreignIn(namedIn('f', ACCEPTED), []), 'by default').not.to.equal(undefined);
  });

  it('is on no other host, for no way to write and to read it', () => {
    expect(FOREIGN.filter((value) => !isForeign(value))).to.deep.equal([]);
  });

  it('is told by its field', () => {
    const named = namedIn('imageUrls', [ACCEPTED[0] ?? '', '//evil.org/1.jpg']);
    expect(foreignIn(named, HOSTS)).to.deep.equal({
      field: 'imageUrls.1',
      value: '//evil.org/1.jpg',
    });
  });
});
