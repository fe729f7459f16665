import { expect } from 'chai';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { pathToFileURL } from 'node:url';
import { BUNDLE } from '../../../scripts/setup/paths.mjs';

/** The functions of a module; those of groups are named `group-name`, as Firebase does. */
const deployed = (exported: object, prefix = ''): [string, unknown][] =>
  Object.entries(exported).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? deployed(value, `${prefix}${name}-`)
      : [[`${prefix}${name}`, value]],
  );

describe('the bundle that is deployed', () => {
  it('exports functions for Firebase and nothing else, the API and its clock among them', async () => {
    const exported: object = await import(pathToFileURL(BUNDLE).href);
    const functions = new Map(deployed(exported));
    expect([...functions.keys()]).to.include.members(['api', 'clock']);
    for (const [name, value] of functions) {
      expect(value, name).to.be.a('function').with.property('__endpoint');
    }
  });

  it('loads at its start nothing of what is installed beside it', () => {
    const text = readFileSync(BUNDLE, 'utf8');
    const imported = [...text.matchAll(/(?:^|[;\n])import[^'"();]*?["']([^"']+)["']/g)].map(
      ([, name = '']) => name,
    );
    expect(imported).to.include('node:crypto');
    expect(imported.filter((name) => !isBuiltin(name))).to.deep.equal([]);
  });

  it('is one file, its source map beside it', () => {
    expect(existsSync(`${BUNDLE}.map`)).to.equal(true);
    expect(statSync(BUNDLE).size).to.be.below(10_000_000);
  });
});
