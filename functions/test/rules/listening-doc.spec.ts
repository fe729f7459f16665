import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { DESKS } from './desks.ts';
import { namedListeners } from '../../src/kernel/store/listener.ts';
import { LANGUAGES, type Language, snippet, squeeze } from './snippets.ts';

const doc = readFileSync(new URL('../../../docs/listening.md', import.meta.url), 'utf8');
const isLanguage = (name: string): name is Language => name in LANGUAGES;
const languages = Object.keys(LANGUAGES).filter(isLanguage);

// Fences are named for highlighting: `js` holds the Web's code.
const fences: Readonly<Record<Language, string>> = { web: 'js', kotlin: 'kotlin', dart: 'dart' };

/** The text below `## Desk: <name>`, up to the next heading of that level. */
const sectionOf = (desk: string): string =>
  doc.split(/^## /m).find((section) => section.startsWith(`Desk: ${desk}\n`)) ?? '';

const codeOf = (text: string, language: Language): string =>
  squeeze(
    [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)]
      .filter((match) => match[1] === fences[language])
      .map((match) => match[2] ?? '')
      .join('\n'),
  );

const shownIn = (code: string): readonly (string | undefined)[] =>
  [...code.matchAll(/(?:const|val|final)(\w+)=(?:query\(|db\.coll)/g)].map((match) => match[1]);

for (const desk of DESKS) {
  const section = sectionOf(desk.name);
  const listeners = namedListeners(desk.listeners);

  describe(`docs/listening.md, desk ${desk.name}`, () => {
    for (const language of languages) {
      const code = codeOf(section, language);
      for (const listener of listeners) {
        it(`shows the tested query ${listener.name} for ${language}`, () => {
          expect(code).to.include(squeeze(snippet(language, listener.name, listener)));
        });
      }

      it(`shows no ${language} query that is not tested`, () => {
        expect(shownIn(code)).to.have.members(listeners.map(({ name }) => name));
      });
    }

    it('names the roles of each query', () => {
      for (const { name, roles } of listeners) {
        const row = section.split('\n').find((line) => line.startsWith(`| \`${name}\``));
        expect(row?.split('|')[2]?.trim().split(', ')).to.have.members([...roles]);
      }
    });
  });
}

describe('docs/listening.md', () => {
  it('shows queries only in the sections of the desks', () => {
    for (const language of languages) {
      const inSections = DESKS.flatMap(({ name }) => shownIn(codeOf(sectionOf(name), language)));
      expect(shownIn(codeOf(doc, language))).to.have.members(inSections);
    }
  });
});
