import { expect } from 'chai';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { desks } from '../../functions/src/api.ts';
import { params } from '../../functions/src/kernel/config.ts';
import { isChange } from '../../functions/src/kernel/http/endpoint.ts';
import { ROOT } from '../setup/paths.mjs';

const sources = new Map(
  globSync('functions/src/**/*.ts', { cwd: ROOT, exclude: ['**/*.spec.ts'] }).map((file) => [
    file,
    readFileSync(join(ROOT, file), 'utf8'),
  ]),
);

/** The files that match, for a message that names them. */
const filesWith = (pattern: RegExp): string[] =>
  [...sources].flatMap(([file, text]) => (pattern.test(text) ? [file] : []));

const matches = (pattern: RegExp): string[] =>
  [...sources.values()].flatMap((text) => [...text.matchAll(pattern)].map(([found]) => found));

describe('the deployed code', () => {
  it('starts no program, opens no file and runs no text', () => {
    expect(filesWith(/['"](node:)?(child_process|cluster|fs|fs\/promises|vm)['"]/)).to.deep.equal(
      [],
    );
  });

  it('hashes by SHA-256 alone, and encrypts and signs nothing itself', () => {
    expect(new Set(matches(/create(Hash|Hmac)\([^)]*/g))).to.deep.equal(
      new Set(["createHash('sha256'"]),
    );
    expect(filesWith(/\b(create(Cipher|Decipher|Sign)\w*|\w+Encrypt|subtle)\b/)).to.deep.equal([]);
  });

  it('takes nothing that must not be guessed from Math.random', () => {
    // How long a retry waits.
    expect(filesWith(/Math\.random/)).to.deep.equal(['functions/src/kernel/store/outcome.ts']);
  });

  it('changes nothing by a GET, but for the logout that the contract asks for', () => {
    const changing = desks.flatMap(({ base, endpoints }) =>
      endpoints
        .filter((endpoint) => endpoint.method === 'get' && isChange(endpoint))
        .map(({ path }) => `${base}${path}`),
    );
    expect(changing).to.deep.equal(['/v1/logout']);
  });
});

describe('the operations guide', () => {
  it('says what to do about each warning and error in the log', () => {
    const guide = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8');
    const logged = matches(/'(ERROR|WARNING)',\s*'[^']+'/g).map((found) => found.split("'")[3]);
    expect(logged).to.include('unexpected error');
    expect(logged.filter((message) => !guide.includes(`| \`${message}\` |`))).to.deep.equal([]);
  });
});

describe('firebase.json', () => {
  const { hosting, functions } = JSON.parse(readFileSync(join(ROOT, 'firebase.json'), 'utf8'));

  it('publishes no hidden file, and of the functions neither sources nor tests', () => {
    expect(hosting.ignore).to.include('**/.*');
    expect(functions[0].ignore).to.include.members(['src', 'test', 'node_modules', 'dist/*.map']);
  });

  it('tells browsers to load only what is named, to frame nothing, and to stay on https', () => {
    const headers: { key: string; value: string }[] = hosting.headers[0].headers;
    const valueOf = (name: string) => headers.find(({ key }) => key === name)?.value ?? '';
    expect(hosting.headers[0].source).to.equal('**');
    expect(valueOf('Content-Security-Policy')).to.include("default-src 'none'");
    expect(valueOf('Content-Security-Policy')).to.include("frame-ancestors 'none'");
    expect(valueOf('X-Content-Type-Options')).to.equal('nosniff');
    const seconds = /^max-age=(\d+)/.exec(valueOf('Strict-Transport-Security'))?.[1];
    expect(Number(seconds)).to.be.at.least(365 * 24 * 60 * 60);
  });
});

describe('the parameters of a deployment', () => {
  const text = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
  // The last one is for emulators, so that no deployment asks for it.
  const names = [...Object.values(params).map(({ name }) => name), 'WEBHOOKS_TO_LOOPBACK'];

  it('have a value in the emulated project each, so that its emulator stores none', () => {
    expect(Object.keys(parseEnv(text('functions/.env.demo-crewline')))).to.have.members(names);
  });

  it('are explained in the operations guide each', () => {
    const [, section = ''] = text('docs/operations.md').split('## Parameters');
    const rows = [...section.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
    expect(rows).to.have.members(names);
  });
});
