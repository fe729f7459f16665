import { expect } from 'chai';
import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../setup/paths.mjs';
import { parseInvocation } from '../with-emulators.ts';
import { listAccounts } from './accounts.ts';
import { holderOf, listeningInode, PORTS, portMessage } from './ports.ts';

describe('ports', () => {
  it('are the same in firebase.json', () => {
    const { emulators } = JSON.parse(readFileSync(join(ROOT, 'firebase.json'), 'utf8'));
    for (const [service, port] of Object.entries(PORTS)) {
      expect(emulators[service].port, service).to.equal(port);
    }
  });

  it('in use are named with the program that uses them', () => {
    const busy = { service: 'firestore', port: 8080, holder: 'process 12 (java -jar x)' };
    const message = portMessage([busy, { service: 'auth', port: 9099, holder: undefined }]);
    expect(message).to.equal(
      [
        'Port 8080, which firestore needs, is in use by process 12 (java -jar x).',
        'Port 9099, which auth needs, is in use by another program.',
        'Stop them and run the command again.',
      ].join('\n'),
    );
    expect(portMessage([busy])).to.match(/Stop it and/);
  });

  it('are found in the table of Linux, and only when something listens', () => {
    const row = (state: string): string =>
      `   0: 0100007F:1F90 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 4711 1 0`;
    expect(listeningInode(row('0A'), 8080)).to.equal('4711');
    expect(listeningInode(row('01'), 8080)).to.equal(undefined);
    expect(listeningInode(row('0A'), 8081)).to.equal(undefined);
  });

  it('name this very process when it listens', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address: AddressInfo | string | null = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const holder = holderOf(port);
    server.close();
    expect(holder).to.match(new RegExp(`process ${process.pid} `));
  });
});

describe('with-emulators', () => {
  it('takes its own flags and passes on the flags of the command', () => {
    expect(parseInvocation(['--single-process', 'curl', '--fail', 'x'])).to.deep.equal({
      api: 'single-process',
      command: ['curl', '--fail', 'x'],
    });
    expect(parseInvocation(['npm', 'test']).api).to.equal('functions');
    expect(parseInvocation(['--bare', 'true']).api).to.equal('none');
  });

  it('refuses a flag that it does not know, and no command at all', () => {
    expect(() => parseInvocation(['--singel-process', 'true'])).to.throw(/no option --singel/);
    expect(() => parseInvocation(['--single-process'])).to.throw(/Usage/);
    expect(() => parseInvocation([])).to.throw(/Usage/);
  });
});

describe('the demo accounts', () => {
  it('are listed one on a line, with the password that all share', () => {
    const accounts = [
      { email: 'a@crewline.test', role: 'NOC', region: 'West', password: 'secret' },
      { email: 'b@crewline.test', role: 'FOC', region: 'East', password: 'secret' },
    ];
    expect(listAccounts(accounts).split('\n')).to.deep.equal([
      '  a@crewline.test  NOC  West',
      '  b@crewline.test  FOC  East',
      '  password of all: secret',
    ]);
  });

  it('may be none', () => {
    expect(listAccounts([])).to.equal('');
  });
});

describe('the emulators', () => {
  it('go on when a client waits for 100, and never see that it waits', async () => {
    await import('./answer-expect.ts');
    const seen: unknown[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.expect);
      request.resume().once('end', () => response.end());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const sent = ask({ port, method: 'POST', headers: { Expect: '100-continue' } });
    const answered = once(sent, 'response');
    sent.once('continue', () => sent.end('a body')).flushHeaders();
    const [response] = await answered;
    server.close();
    expect([response.statusCode, seen]).to.deep.equal([200, [undefined]]);
  });
});
