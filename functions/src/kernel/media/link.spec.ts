import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import { signLink, verifyLink } from './link.ts';

const NOW = new Date('2026-11-20T08:00:00.000Z');
const photo = { id: '0f8b2c1e-1111-4222-8333-444455556666', secret: 'the secret of this photo' };
const thumb = { size: 'thumb', isOwn: false } as const;
const after = (ms: number) => new Date(NOW.getTime() + ms);

describe('a link to a photo', () => {
  it('shows what it was given for, for five minutes', () => {
    for (const size of ['full', 'thumb'] as const) {
      for (const isOwn of [true, false]) {
        const { token, expiresAt } = signLink(photo, { size, isOwn }, NOW);
        expect(expiresAt).to.deep.equal(after(300_000));
        expect(verifyLink(photo, token, NOW)).to.deep.equal({ size, isOwn });
        expect(verifyLink(photo, token, after(299_999))).to.deep.equal({ size, isOwn });
        expect(verifyLink(photo, token, after(300_000))).to.equal(undefined);
      }
    }
  });

  it('opens no other photo, not even one with the same secret', () => {
    const { token } = signLink(photo, thumb, NOW);
    expect(verifyLink({ ...photo, secret: 'another' }, token, NOW)).to.equal(undefined);
    expect(verifyLink({ ...photo, id: 'another' }, token, NOW)).to.equal(undefined);
  });

  it('is of nobody else’s making', () => {
    const { token } = signLink(photo, thumb, NOW);
    const [header = '', claims = '', signature = ''] = token.split('.');
    const told = { sub: photo.id, size: 'full', own: true, exp: NOW.getTime() / 1000 + 60 };
    const changed = Buffer.from(JSON.stringify(told)).toString('base64url');
    for (const forged of [
      [header, changed, signature].join('.'),
      [header, claims, ''].join('.'),
      jwt.sign(told, '', { algorithm: 'none' }),
      jwt.sign(told, photo.secret, { algorithm: 'HS512' }),
      jwt.sign(told, 'guessed'),
      jwt.sign({ sub: photo.id, exp: told.exp }, photo.secret),
      '',
      'x.y.z',
    ]) {
      expect(verifyLink(photo, forged, NOW), forged).to.equal(undefined);
    }
  });
});
