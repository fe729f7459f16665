import { isIP } from 'node:net';

const LONGEST = 2000;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Names that only a network of its own resolves, such as that of the metadata server. */
const isInner = (host: string): boolean =>
  !host.includes('.') || /\.(localhost|local|internal|lan|home\.arpa)$/.test(host);

/**
 * What is wrong with the URL of a webhook; undefined for a good one. What its name resolves to is
 * judged at each request.
 *
 * @param toLoopback whether this machine may be called, also by http: on emulators only
 */
export const faultOfUrl = (url: string, toLoopback: boolean): string | undefined => {
  if (url.length > LONGEST) return `Send a URL of at most ${LONGEST} characters.`;
  if (!URL.canParse(url)) return 'Send an absolute https URL.';
  const { protocol, username, password, hostname, hash } = new URL(url);
  if (`${username}${password}` !== '') return 'Send a URL without a user name and password.';
  if (hash !== '') return 'Send a URL without a fragment.';
  if (toLoopback && /^https?:$/.test(protocol) && LOOPBACK.has(hostname)) return undefined;
  if (protocol !== 'https:') return 'Send an absolute https URL.';
  const host = hostname.replace(/\.$/, '');
  if (host.startsWith('[') || isIP(host) !== 0) return 'Send a host name, not an address.';
  return isInner(host) ? 'Send a host name that everybody can reach.' : undefined;
};
