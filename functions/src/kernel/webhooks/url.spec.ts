import { expect } from 'chai';
import { faultOfUrl } from './url.ts';

const GOOD = [
  'https://hooks.example.com',
  'https://hooks.example.com:8443/crewline?tenant=7',
  'HTTPS://Hooks.Example.COM/',
  'https://xn--bcher-kva.example/hook',
] as const;

/** What no request may ever go to, in all the ways in which it can be written. */
const BAD: Readonly<Record<string, readonly string[]>> = {
  'no absolute URL': ['', 'hooks.example.com', '/hook', 'https://', 'https:// a.example'],
  'no https': ['http://hooks.example.com', 'ftp://hooks.example.com', 'file:///etc/passwd'],
  'code or data': ['javascript:alert(1)', 'data:text/plain,hi'],
  'a user name or password': ['https://me@hooks.example.com', 'https://me:pw@hooks.example.com'],
  'a fragment': ['https://hooks.example.com/#part'],
  'this machine': ['https://localhost', 'https://LOCALHOST./', 'https://a.localhost'],
  'a loopback address': ['https://127.0.0.1', 'https://127.1', 'https://[::1]', 'https://0.0.0.0'],
  'one as a number': ['https://2130706433', 'https://0x7f000001', 'https://017700000001'],
  'one with octal or hex parts': ['https://0177.0.0.1', 'https://0x7f.0.0.1'],
  'one as IPv6': ['https://[::ffff:127.0.0.1]', 'https://[::ffff:7f00:1]', 'https://[::]'],
  'a private address': ['https://10.0.0.8', 'https://172.16.3.4', 'https://192.168.1.1'],
  'a private IPv6 address': ['https://[fd00::1]', 'https://[fe80::1]'],
  'the metadata server': [
    'https://169.254.169.254/computeMetadata/v1/',
    'https://metadata.google.internal',
    'https://metadata',
    'https://[fd00:ec2::254]',
  ],
  'a public address, which no certificate names': ['https://93.184.215.14', 'https://[2606::1]'],
  'a name of a network of its own': [
    'https://printer.local',
    'https://nas.lan',
    'https://intranet',
  ],
  'a long one': [`https://hooks.example.com/${'x'.repeat(2000)}`],
};

describe('the URL of a webhook', () => {
  for (const url of GOOD) {
    it(`may be ${url}`, () => {
      expect(faultOfUrl(url, false)).to.equal(undefined);
      expect(faultOfUrl(url, true)).to.equal(undefined);
    });
  }

  for (const [what, urls] of Object.entries(BAD)) {
    it(`is not ${what}`, () => {
      for (const url of urls) expect(faultOfUrl(url, false), url).to.be.a('string');
    });
  }

  it('may be this machine where that is allowed, and nothing else that is private', () => {
    for (const url of ['http://127.0.0.1:8080/x', 'http://localhost:1', 'https://[::1]/']) {
      expect(faultOfUrl(url, true), url).to.equal(undefined);
    }
    for (const url of [
      'http://10.0.0.8',
      'http://127.0.0.2',
      'ftp://127.0.0.1',
      'http://a.example',
    ])
      expect(faultOfUrl(url, true), url).to.be.a('string');
  });
});
