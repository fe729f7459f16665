import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { clientId } from '../../../scripts/seed/cgs/acts.ts';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import { at } from '../support/client.ts';
import { apiUrl } from './stack.ts';

/** The blocks of a README that are to be pasted into a terminal, one after the other. */
const walkIn = (path: string): string =>
  [
    ...readFileSync(join(ROOT, path), 'utf8').matchAll(
      /<!-- walk\b[^>]*-->\n```bash\n([\s\S]*?)```/g,
    ),
  ]
    .map(([, block]) => block ?? '')
    .join('\n');

/** Pastes a walk; returns the lines that it prints. */
const walk = (input: string): string[] => {
  expect(input).to.include(apiUrl());
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail'], {
    input,
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(status, stdout + stderr).to.equal(0);
  expect(stderr).to.equal('');
  return stdout.trim().split('\n');
};

describe('the walk in README.md', () => {
  const WALK = walkIn('README.md');

  it('takes a ticket from login to Closed, as it is pasted', () => {
    const lines = walk(WALK);
    expect([lines.at(0), lines.at(-1)]).to.deep.equal(['Open', 'Closed']);
    // Seven commands of the crew and three decisions on their requests.
    const answers = lines.slice(1, -1).map((line): unknown => JSON.parse(line));
    expect(answers).to.have.length(9);
  });

  it('names a client of the demo data', () => {
    expect(WALK).to.include(`"${clientId('CID-1101')}"`);
  });
});

describe('the walk in the README of the desk isp', () => {
  it('uses the bearer token of a login until the logout, as it is pasted', () => {
    const answers = walk(walkIn('functions/src/desks/isp/README.md')).map((line): unknown =>
      JSON.parse(line),
    );
    expect(at(answers[0], 'data', 'email')).to.equal('isp.staff@crewline.test');
    expect(at(answers[3], 'data', 'replies')).to.have.length(1);
    expect(at(answers.at(-1), 'message')).to.equal('Signed out successfully');
    expect(answers).to.have.length(5);
  });
});
