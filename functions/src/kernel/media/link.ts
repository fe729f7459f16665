import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { Media } from './collection.ts';

/** How long a link is good. */
const LINK_MS = 5 * 60_000;

export const mediaSizes = ['full', 'thumb'] as const;
export type MediaSize = (typeof mediaSizes)[number];

const claimsSchema = z.object({
  sub: z.string(),
  size: z.enum(mediaSizes),
  /** Whether it was given to the sender, who sees the original until there is a copy. */
  own: z.boolean(),
});

/** What of a photo signs its links. */
type Signing = Pick<Media, 'id' | 'secret'>;

/** What a link shows. */
export interface Linked {
  readonly size: MediaSize;
  readonly isOwn: boolean;
}

/** The signed part of a link, and when it ends. */
export const signLink = ({ id, secret }: Signing, { size, isOwn }: Linked, now: Date) => {
  const expiresAt = new Date(now.getTime() + LINK_MS);
  const exp = Math.floor(expiresAt.getTime() / 1000);
  const claims = { sub: id, size, own: isOwn, exp };
  return { token: jwt.sign(claims, secret, { algorithm: 'HS256', noTimestamp: true }), expiresAt };
};

/** What a link to this photo shows; undefined when it has ended, or was not signed here. */
export const verifyLink = (
  { id, secret }: Signing,
  token: string,
  now: Date,
): Linked | undefined => {
  try {
    const clockTimestamp = Math.floor(now.getTime() / 1000);
    const options = { algorithms: ['HS256' as const], clockTimestamp, subject: id };
    const { size, own } = claimsSchema.parse(jwt.verify(token, secret, options));
    return { size, isOwn: own };
  } catch {
    return undefined;
  }
};
