import { createHash } from 'node:crypto';
import { z } from 'zod';
import { networkOf } from '../auth/network.ts';
import type { Runtime } from '../runtime.ts';
import { collection } from '../store/collection.ts';
import type { Store } from '../store/store.ts';
import { update } from '../store/update.ts';

/** `askedMails/{hash of an e-mail}`: who asked for a mail to it in the last 15 minutes. */
const askedSchema = z.object({
  asked: z.array(z.object({ at: z.date(), network: z.string() })),
  expiresAt: z.date(),
});

export const askedMails = collection('askedMails', askedSchema, {
  unindexed: ['asked'],
  ttl: 'expiresAt',
});

const WINDOW_MS = 15 * 60_000;
/** Mails to one e-mail within the window: asked for from one network, and from all of them. */
const MOST = { fromNetwork: 3, inAll: 10 } as const;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Notes that a mail is asked for; false when there were too many. It takes any e-mail alike. */
export const noteMail = (
  runtime: Runtime,
  store: Store,
  email: string,
  address: string,
): Promise<boolean> => {
  const key = askedMails.doc(hash(email.toLowerCase()));
  return update(store, runtime, {
    keys: [key],
    decide: ({ reads }) => {
      const now = runtime.now();
      const seen = reads.get(key);
      const recent = (seen?.data.asked ?? []).filter(
        ({ at }) => now.getTime() - at.getTime() < WINDOW_MS,
      );
      const network = hash(networkOf(address));
      const own = recent.filter((each) => each.network === network);
      if (own.length >= MOST.fromNetwork || recent.length >= MOST.inAll) return [];
      const data = {
        asked: [...recent, { at: now, network }],
        expiresAt: new Date(now.getTime() + WINDOW_MS),
      };
      return [askedMails.put(key.id, seen, data)];
    },
  });
};
