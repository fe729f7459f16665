import { randomBytes } from 'node:crypto';
import type { Webhook } from './collection.ts';

/** How long a secret before signs as well, so that receivers can change over. */
const OVERLAP_MS = 24 * 60 * 60_000;

/** Of secrets that sign beside the present one. */
const MOST = 4;

/** A random secret of 32 bytes, in the form of Standard Webhooks. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** The fields of a webhook that gets another secret. */
export const rotated = (
  { secret: before, previous }: Pick<Webhook, 'secret' | 'previous'>,
  secret: string,
  now: Date,
) => {
  const left = previous.filter(({ until }) => until > now);
  const replaced = { secret: before, until: new Date(now.getTime() + OVERLAP_MS) };
  return {
    secret,
    secretSince: now,
    previous: [...left, replaced].slice(-MOST),
    updatedAt: now,
  } satisfies Partial<Webhook>;
};

/** The secrets that sign now. */
export const secretsOf = (
  { secret, previous }: Pick<Webhook, 'secret' | 'previous'>,
  now: Date,
): readonly string[] => [
  secret,
  ...previous.flatMap((before) => (before.until > now ? [before.secret] : [])),
];
