/**
 * The proxies in front of a function behind Firebase Hosting. Cloud Run adds the peer that it sees
 * to the end of `X-Forwarded-For`: the client, or the Google server through which Hosting sends.
 * docs/operations.md says what is known about it and from where.
 */
export const PLATFORM_PROXIES = [
  // This machine, and Cloud Run's own proxy before the container.
  '127.0.0.0/8',
  '::1/128',
  '169.254.0.0/16',
  // What Google uses itself (goog.json) and rents to nobody (cloud.json).
  '64.233.160.0/19',
  '66.102.0.0/20',
  '66.249.64.0/19',
  '72.14.192.0/18',
  '74.125.0.0/16',
  '108.177.0.0/17',
  '142.250.0.0/15',
  '172.217.0.0/16',
  '172.253.0.0/16',
  '173.194.0.0/16',
  '192.178.0.0/15',
  '209.85.128.0/17',
  '216.58.192.0/19',
  '216.239.32.0/19',
  '2001:4860::/32',
  '2404:6800::/32',
  '2607:f8b0::/32',
  '2800:3f0::/32',
  '2a00:1450::/32',
  '2c0f:fb50::/32',
] as const;
