import { expect } from 'chai';
import { desks } from '../../functions/src/api.ts';
import { kindsOf } from '../../functions/src/kernel/notify/desk-notices.ts';
import { LANGUAGES } from '../../functions/src/kernel/notify/notice.ts';

for (const { name, notices, listeners, triggers } of desks) {
  if (notices === undefined) continue;
  const kinds = kindsOf(notices);

  describe(`the notices of the desk ${name}`, () => {
    it('have a text in each language, which names only values that there are', () => {
      for (const { kind, sample } of kinds) {
        for (const language of LANGUAGES) {
          const { title, body } = sample[language];
          for (const text of [title, body]) {
            expect(text.trim(), `${kind} in ${language}`).to.equal(text).and.not.equal('');
            expect(text, `${kind} in ${language}`).not.to.match(/undefined|null|\[object|\{|\}|…$/);
          }
        }
      }
    });

    it('differ from language to language', () => {
      for (const { kind, sample } of kinds) {
        const texts = LANGUAGES.map((language) => JSON.stringify(sample[language]));
        expect(new Set(texts).size, kind).to.equal(LANGUAGES.length);
      }
    });

    it('are of one rule each', () => {
      expect(new Set(kinds.map(({ kind }) => kind)).size).to.equal(kinds.length);
    });

    it('are followed by a trigger for each rule, and listened to', () => {
      const names = triggers.map((trigger) => trigger.name);
      expect(names).to.include.members(notices.rules.map((rule) => rule.name));
      expect(listeners).to.have.property('unreadNotices');
    });
  });
}

describe('the notices of all desks', () => {
  it('have functions of their own names', () => {
    const names = desks.flatMap(({ triggers }) => triggers.map(({ name }) => name));
    expect(new Set(names).size).to.equal(names.length);
  });
});
