import { expect } from 'chai';
import { COMMON_PASSWORDS } from './common-passwords.ts';
import { newPassword } from './password.ts';

const messages = (password: string): string[] =>
  newPassword.safeParse(password).error?.issues.map(({ message }) => message) ?? [];

const TOO_SHORT = 'Use at least 8 characters.';
const TOO_LONG = 'Use at most 1024 characters.';
const COMMON = 'Choose another one: this is one of the most used passwords.';

describe('a new password', () => {
  it('has 8 to 1024 characters, whatever they are', () => {
    for (const good of [
      'noc-4711',
      '  spaces ',
      'jalan anggrek 7',
      'ñ'.repeat(8),
      '🔑'.repeat(8),
    ]) {
      expect(messages(good), good).to.deep.equal([]);
    }
    for (const long of ['x'.repeat(1024), '🔑'.repeat(1024)]) {
      expect(messages(long)).to.deep.equal([]);
      expect(messages(`${long}x`)).to.deep.equal([TOO_LONG]);
    }
    for (const short of ['', 'noc123', '1234xyz', '🔑'.repeat(7)]) {
      expect(messages(short), short).to.include(TOO_SHORT);
    }
  });

  it('is stored as it was typed', () => {
    expect(newPassword.parse(' Kereta Api 9 ')).to.equal(' Kereta Api 9 ');
  });

  it('is none of the 3,000 most used ones, in any letter case', () => {
    const list = COMMON_PASSWORDS.trim().split(/\s+/);
    expect(new Set(list).size).to.equal(3000);
    for (const used of list) expect(messages(used), used).to.deep.equal([COMMON]);
    for (const used of ['password', 'PassWord', 'IloveYou', 'QWERTYUIOP']) {
      expect(messages(used), used).to.deep.equal([COMMON]);
    }
    expect(messages('password of the crew')).to.deep.equal([]);
  });
});
