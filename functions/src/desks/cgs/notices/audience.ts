import type { Audience } from '../../../kernel/notify/notice.ts';
import type { Recipient } from '../domain/notices.ts';
import { userGrants } from '../users/people.ts';

/** The people whom the rules of this desk name. */
export const audienceOf = (to: Recipient): Audience => {
  if ('uid' in to) return to;
  const inRegion = userGrants.queries.inRegion.where({
    'access.cgs.role': to.role,
    'access.cgs.region': to.region,
    active: true,
    'access.cgs.active': true,
  });
  return { of: { anyOf: [inRegion] } };
};
