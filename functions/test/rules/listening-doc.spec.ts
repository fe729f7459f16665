import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { listeners } from './queries.ts';
import { LANGUAGES, type Language, snippet, squeeze } from './snippets.ts';

const doc = readFileSync(new URL('../../../docs/listening.md', import.meta.url), 'utf8');
const isLanguage = (name: string): name is Language => name in LANGUAGES;

// Fences are named for highlighting: `js` holds the Web's code.
const fences: Readonly<Record<Language, string>> = { web: 'js', kotlin: 'kotlin', dart: 'dart' };

const codeOf = (language: Language): string =>
  squeeze(
    [...doc.matchAll(/^```(\w+)\n([^]*?)^```$/gm)]
      .filter((match) => match[1] === fences[language])
      .map((match) => match[2] ?? '')
      .join('\n'),
  );

describe('docs/listening.md', () => {
  for (const language of Object.keys(LANGUAGES).filter(isLanguage)) {
    for (const listener of listeners) {
      it(`shows the tested query ${listener.name} for ${language}`, () => {
        expect(codeOf(language)).to.include(squeeze(snippet(language, listener.name, listener)));
      });
    }

    it(`shows no ${language} query that is not tested`, () => {
      const shown = [
        ...codeOf(language).matchAll(/(?:const|val|final)(\w+)=(?:query\(|db\.coll)/g),
      ];
      expect(shown.map((match) => match[1])).to.have.members(listeners.map(({ name }) => name));
    });
  }

  it('names the roles of each query', () => {
    for (const { name, roles } of listeners) {
      const row = doc.split('\n').find((line) => line.startsWith(`| \`${name}\``));
      expect(row?.match(/SuperAdmin|NOC|FOCSupervisor|FOC\b/g) ?? []).to.have.members([...roles]);
    }
  });
});
