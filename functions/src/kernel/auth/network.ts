import ipaddr from 'ipaddr.js';

/** How many of an IPv6 address's eight parts its network has: a /64, which one household gets. */
const NETWORK_PARTS = 4;

/**
 * What stands for a client's address where clients are counted: an IPv4 address, also one that is
 * written as IPv6, or the /64 network of an IPv6 address, within which a client can choose.
 */
export const networkOf = (address: string): string => {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const parts = parsed.toNormalizedString().split(':').slice(0, NETWORK_PARTS);
  return `${parts.join(':')}::/64`;
};
