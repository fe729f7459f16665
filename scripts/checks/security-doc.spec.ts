import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../setup/paths.mjs';

const DOCS = join(ROOT, 'docs');
const doc = readFileSync(join(DOCS, 'security.md'), 'utf8');

/** The requirements of level 1 of ASVS 5.0, by chapter and section. */
const LEVEL_1: Readonly<Record<string, number>> = {
  '1.2': 5,
  '1.3': 2,
  '1.5': 1,
  '2.1': 1,
  '2.2': 2,
  '2.3': 1,
  '3.2': 2,
  '3.3': 1,
  '3.4': 2,
  '3.5': 3,
  '4.1': 1,
  '4.4': 1,
  '5.2': 2,
  '5.3': 2,
  '6.1': 1,
  '6.2': 8,
  '6.3': 2,
  '6.4': 2,
  '7.2': 4,
  '7.4': 2,
  '8.1': 1,
  '8.2': 2,
  '8.3': 1,
  '9.1': 3,
  '9.2': 1,
  '10.4': 5,
  '11.3': 2,
  '11.4': 1,
  '12.1': 1,
  '12.2': 2,
  '13.4': 1,
  '14.2': 1,
  '14.3': 1,
  '15.1': 1,
  '15.2': 1,
  '15.3': 1,
};

const STATES = ['met', 'document', 'platform', 'none', 'open'];

interface Row {
  readonly no: string;
  readonly state: string;
  readonly how: string;
  readonly tests: string;
}

const rows: readonly Row[] = doc.split('\n').flatMap((line) => {
  const [, no = '', , state = '', how = '', tests = ''] = line
    .split('|')
    .map((cell) => cell.trim());
  return /^\d+\.\d+\.\d+$/.test(no) ? [{ no, state, how, tests }] : [];
});

/** `[sessions]: ../path` */
const files = new Map(
  [...doc.matchAll(/^\[([\w-]+)\]: (\S+)$/gm)].map(([, name = '', path = '']) => [name, path]),
);

/** `[a title][sessions]` */
const linksIn = (text: string) =>
  [...text.matchAll(/\[([^\]]+)\]\[([^\]]+)\]/g)].map(([, title = '', name = '']) => ({
    title,
    name,
  }));

/** The titles of the tests in a file, as they stand in its text. */
const titlesIn = (path: string): string[] =>
  [
    ...readFileSync(join(DOCS, path), 'utf8').matchAll(
      /^\s*(?:it|describe)\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gm,
    ),
  ].map(([, , title = '']) => title);

describe('docs/security.md', () => {
  it('has each requirement of level 1 once, in order', () => {
    const wanted = Object.entries(LEVEL_1).flatMap(([section, count]) =>
      Array.from({ length: count }, (_, index) => `${section}.${index + 1}`),
    );
    expect(wanted).to.have.length(70);
    expect(rows.map(({ no }) => no)).to.deep.equal(wanted);
  });

  it('says of each how it is met, or why not', () => {
    for (const { no, state, how, tests } of rows) {
      expect(STATES, no).to.include(state);
      expect(how, no).not.to.equal('');
      if (state === 'met') expect(linksIn(tests), no).not.to.deep.equal([]);
      if (state === 'document') expect(how, no).to.match(/\]\([^)]+\.md\)/);
    }
  });

  it('names tests that there are, by their titles', () => {
    for (const { no, tests } of rows) {
      for (const { title, name } of linksIn(tests)) {
        const path = files.get(name) ?? '';
        expect(path, `${no}: the file of ${name}`).to.match(/\.ts$/);
        const found = titlesIn(path).some((each) => each.includes(title));
        expect(found, `${no}: a test “${title}” in ${path}`).to.equal(true);
      }
    }
  });

  it('links to files that there are, and to each at least once', () => {
    const links = [...doc.matchAll(/\]\(((?!https:)[^)]+)\)/g)].map(([, path = '']) => path);
    for (const path of [...links, ...files.values()]) {
      expect(existsSync(join(DOCS, path)), path).to.equal(true);
    }
    const used = rows.flatMap(({ tests }) => linksIn(tests).map(({ name }) => name));
    expect([...files.keys()]).to.have.members([...new Set(used)]);
  });

  it('begins with a line for each requirement that is open', () => {
    const list = doc.split('\n## ')[1] ?? '';
    const open = rows.filter(({ state }) => state === 'open').map(({ no }) => no);
    const listed = [...list.matchAll(/(\d+\.\d+)\.(\d+)(?: to \1\.(\d+))?/g)].flatMap(
      ([, section = '', first = '', last = first]) =>
        Array.from(
          { length: Number(last) - Number(first) + 1 },
          (_, index) => `${section}.${Number(first) + index}`,
        ),
    );
    expect(listed).to.have.members(open);
  });
});
