import { expect } from 'chai';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { buildProblem } from './build-emulator.mjs';
import { checkNode, isInstalled, isNetworkFailure } from './dependencies.mjs';
import { candidates, choose, findEmulator } from './firestore-emulator.mjs';
import { withLock } from './lock.mjs';
import { duration } from './progress.mjs';
import { nodeMajor, parseJavaMajor, parseVersion } from './versions.mjs';

const folders: string[] = [];
const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'crewline-spec-'));
  folders.push(folder);
  return folder;
};

after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('versions', () => {
  it('reads what programs print for their version', () => {
    expect(parseVersion('hidane 0.6.0\n')).to.equal('0.6.0');
    expect(parseVersion('v24.21.0')).to.equal('24.21.0');
    expect(parseVersion('command not found')).to.equal(undefined);
    expect(nodeMajor('v24.21.0')).to.equal(24);
  });

  it('reads the major of new and old Javas', () => {
    expect(parseJavaMajor('openjdk version "21.0.3" 2024-04-16')).to.equal(21);
    expect(parseJavaMajor('java version "1.8.0_392"')).to.equal(8);
    expect(parseJavaMajor('openjdk version "25" 2025-09-16')).to.equal(25);
    expect(parseJavaMajor('')).to.equal(undefined);
  });

  it('refuses a Node that is too old, in one message with its version', () => {
    expect(() => checkNode('v18.20.0', 20)).to.throw(/Node 20 or newer.*v18\.20\.0/s);
    expect(() => checkNode('v20.0.0', 20)).not.to.throw();
  });
});

describe('finding the Firestore emulator', () => {
  const onPathFolder = (): string => {
    const folder = temporary();
    writeFileSync(join(folder, 'hidane'), '');
    return folder;
  };

  it('looks on the PATH, then in the cache, then among the npm packages', () => {
    const folder = onPathFolder();
    const list = candidates({ PATH: `/nowhere:${folder}`, XDG_CACHE_HOME: '/cache' }, '/project');
    expect(list).to.deep.equal([
      { from: 'PATH', file: join(folder, 'hidane') },
      { from: 'cache', file: '/cache/crewline/hidane-0.6.0/bin/hidane' },
      { from: 'npm', file: '/project/node_modules/.bin/hidane' },
    ]);
  });

  it('caches in the home folder when XDG_CACHE_HOME is not set or empty', () => {
    const file = candidates({ PATH: '', XDG_CACHE_HOME: '' })[0]?.file ?? '';
    expect(file).to.match(/\/\.cache\/crewline\/hidane-0\.6\.0\/bin\/hidane$/);
  });

  it('skips one of another version, and one that does not run', () => {
    const list = candidates({ PATH: onPathFolder(), XDG_CACHE_HOME: '/cache' }, '/project');
    const versions = new Map([
      [list[0]?.file, '0.5.1'],
      [list[1]?.file, undefined],
      [list[2]?.file, '0.6.0'],
    ]);
    expect(choose(list, (file) => versions.get(file))?.from).to.equal('npm');
    expect(choose(list, () => undefined)).to.equal(undefined);
  });

  it('finds nothing on a machine that has none', () => {
    expect(findEmulator({ PATH: '', XDG_CACHE_HOME: temporary() })).to.equal(undefined);
  });
});

describe('a failed build of the emulator', () => {
  const message = (output: string): string => buildProblem(output).message;

  it('names the missing network', () => {
    expect(message('warning: spurious network error (3 tries remaining)')).to.match(/cannot reach/);
  });

  it('names the missing compiler', () => {
    expect(message('error: linker `cc` not found')).to.match(/no C compiler/);
  });

  it('names a Rust that is too old', () => {
    expect(message('error: cannot install, it requires rustc 1.88 or newer')).to.match(/too old/);
  });

  it('shows the end of anything else, and always what can be done', () => {
    const text = message('error: no space left on device');
    expect(text).to.match(/no space left on device/);
    expect(text).to.match(/FIRESTORE_EMULATOR=official/);
  });
});

describe('packages', () => {
  const lockfile = {
    packages: {
      '': {},
      functions: { version: '0.1.0' },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/of-another-platform': { version: '1.0.0', optional: true },
      'node_modules/crewline-functions': { link: true },
    },
  };
  const installed = (version: string) => ({ packages: { 'node_modules/a': { version } } });

  it('count as installed when npm recorded each one of the lockfile in its version', () => {
    expect(isInstalled(lockfile, installed('1.0.0'))).to.equal(true);
  });

  it('are installed again when one is missing or older, or npm was interrupted', () => {
    expect(isInstalled(lockfile, installed('0.9.0'))).to.equal(false);
    expect(isInstalled(lockfile, { packages: {} })).to.equal(false);
    expect(isInstalled(lockfile, undefined)).to.equal(false);
  });

  it('distinguish a missing network from other failures', () => {
    expect(isNetworkFailure('npm error code ENOTFOUND')).to.equal(true);
    expect(isNetworkFailure('npm error code EUSAGE')).to.equal(false);
  });
});

describe('the lock', () => {
  it('lets one set-up work at a time', async () => {
    const lock = join(temporary(), 'lock');
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await delay(20);
      inside -= 1;
    };
    await Promise.all([withLock(lock, work), withLock(lock, work), withLock(lock, work)]);
    expect(most).to.equal(1);
    expect(existsSync(lock)).to.equal(false);
  });

  it('is taken over from a process that died, and given back when the work fails', async () => {
    const lock = join(temporary(), 'lock');
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), '999999999');
    expect(await withLock(lock, async () => 'done')).to.equal('done');
    const failed = await withLock(lock, () => Promise.reject(new Error('no'))).catch(
      () => 'failed',
    );
    expect(failed).to.equal('failed');
    expect(existsSync(lock)).to.equal(false);
  });
});

describe('the progress line', () => {
  it('says how long it has been', () => {
    expect(duration(999)).to.equal('0 s');
    expect(duration(125_000)).to.equal('2 min 05 s');
  });
});
