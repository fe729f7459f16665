import { auditLog } from './audit/collection.ts';
import { people } from './auth/person.ts';
import { grants } from './auth/grant.ts';
import { attempts } from './auth/throttle.ts';
import { storedResponses } from './http/idempotency.ts';
import { askedMails } from './identity/asked-mails.ts';
import { media, mediaTurns } from './media/collection.ts';
import { inboxes, inboxItems, pushTokens } from './notify/inbox.ts';
import { archive } from './resource/archive.ts';
import type { IndexedCollection } from './store/collection.ts';
import { changes } from './store/stamp.ts';
import { copyRuns } from './store/copy-runs.ts';
import { reservations } from './store/unique.ts';
import { deliveries, webhooks } from './webhooks/collection.ts';

/** The kernel's own collections; each desk has more. */
export const KERNEL_COLLECTIONS: readonly IndexedCollection[] = [
  people,
  grants,
  attempts,
  askedMails,
  storedResponses,
  reservations,
  changes,
  archive,
  copyRuns,
  auditLog,
  media,
  mediaTurns,
  webhooks,
  deliveries,
  inboxes,
  inboxItems,
  pushTokens,
];
