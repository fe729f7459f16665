import { people } from '../auth/person.ts';
import { attempts } from '../auth/throttle.ts';
import { media, mediaTurns } from '../media/collection.ts';
import { archive } from '../resource/archive.ts';
import { changes } from '../store/stamp.ts';
import { reservations } from '../store/unique.ts';

/**
 * Collections that entries leave out: bookkeeping that follows from the change of another document
 * in the same commit.
 */
export const BOOKKEEPING: ReadonlySet<string> = new Set([
  archive.name,
  changes.name,
  reservations.name,
  'counters',
  attempts.name,
  // Whose photo it is: the field that names it is in the entry.
  media.name,
  mediaTurns.name,
  // What is shown of `grants`.
  people.name,
]);

/** Top-level fields that entries leave out. */
export const LEFT_OUT: ReadonlySet<string> = new Set([
  // What the entry says itself.
  'id',
  'createdAt',
  'updatedAt',
  'changeIds',
  'changedBy',
  // What is derived from other fields.
  'keywords',
  'memberships',
  'latitude',
  'longitude',
  // A ticket's own log.
  'ticketLogs',
  'edits',
  'noteLog',
  'statusLog',
  // Where a person is signed in.
  'sessions',
  'signIns',
  'validAfter',
  'lastLoginAt',
]);

/**
 * Fields whose values are in no entry and in no stored response, wherever they are. Of documents only
 * webhooks have one.
 */
export const SECRETS: ReadonlySet<string> = new Set([
  'password',
  'rePassword',
  'currentPassword',
  'newPassword',
  'token',
  'secret',
]);

/** For `JSON.stringify`: null in the place of each secret. */
export const withoutSecrets = (name: string, value: unknown): unknown =>
  SECRETS.has(name) && typeof value === 'string' ? null : value;
