import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { desks } from '../../functions/src/api.ts';
import { kindsOf } from '../../functions/src/kernel/notify/desk-notices.ts';
import { LANGUAGES } from '../../functions/src/kernel/notify/notice.ts';

const guide = readFileSync(new URL('../../docs/notifications.md', import.meta.url), 'utf8');
const [, whoIsTold = ''] = guide.split('## Who is told what');
const rows = [...whoIsTold.matchAll(/^\| (\w*) ?\| (`[^|]*`) \|/gm)];

/** The kinds of a desk in the table of the guide, where only the first row of each names it. */
const toldOf = (desk: string): string[] => {
  const first = rows.findIndex(([, name]) => name === desk);
  const next = rows.findIndex(([, name], index) => index > first && name !== '');
  const its = rows.slice(first, next === -1 ? undefined : next);
  return its.flatMap(([, , kinds = '']) =>
    [...kinds.matchAll(/`(\w+)`/g)].map(([, kind = '']) => kind),
  );
};

/** They are told at every desk, in a paragraph below the table. */
const ACCESS = ['accessGranted', 'accessChanged', 'accessWithdrawn'];

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

    it('are in the table of who is told what', () => {
      expect([...toldOf(name), ...ACCESS]).to.have.members(kinds.map(({ kind }) => kind));
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
