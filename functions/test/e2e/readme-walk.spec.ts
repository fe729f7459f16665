import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { clientId } from '../../../scripts/seed/cgs/acts.ts';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import { apiUrl } from './stack.ts';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const WALK = [...README.matchAll(/<!-- walk\b[^>]*-->\n```bash\n([\s\S]*?)```/g)]
  .map(([, block]) => block ?? '')
  .join('\n');

describe('the walk in README.md', () => {
  it('takes a ticket from login to Closed, as it is pasted', () => {
    expect(WALK).to.include(apiUrl());
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail'], {
      input: WALK,
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(status, stdout + stderr).to.equal(0);
    expect(stderr).to.equal('');
    const lines = stdout.trim().split('\n');
    expect([lines.at(0), lines.at(-1)]).to.deep.equal(['Open', 'Closed']);
    // Seven commands of the crew and three decisions on their requests.
    const answers = lines.slice(1, -1).map((line): unknown => JSON.parse(line));
    expect(answers).to.have.length(9);
  });

  it('names a client of the demo data', () => {
    expect(WALK).to.include(`"${clientId('CID-1101')}"`);
  });
});
