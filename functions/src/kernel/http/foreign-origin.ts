import type { Request } from 'express';

/** The host that a page of ours is on: the function's own, or Firebase Hosting's in front of it. */
const hostsOf = (req: Pick<Request, 'get'>): (string | undefined)[] => [
  req.get('x-forwarded-host'),
  req.get('host'),
];

/**
 * Whether a page of a foreign origin makes a browser send this request, together with its cookies.
 * Browsers say where a changing request comes from; other programs don't, and send no cookies unless
 * they mean to.
 */
export const isFromForeignOrigin = (
  req: Pick<Request, 'get'>,
  allowedOrigins: readonly string[],
): boolean => {
  const [origin, site] = [req.get('origin'), req.get('sec-fetch-site')];
  if (site === 'same-origin' || site === 'none') return false;
  if (origin === undefined) return site !== undefined;
  const isOwn = URL.canParse(origin) && hostsOf(req).includes(new URL(origin).host);
  return !isOwn && !allowedOrigins.includes(origin);
};
