import type { DeskName } from '../../functions/src/api.ts';
import * as community from '../../functions/src/desks/community/records.ts';
import * as isp from '../../functions/src/desks/isp/records.ts';
import * as urban from '../../functions/src/desks/urban/records.ts';
import { cgsChecks } from './cgs/index.ts';
import { reservationChecks } from './reservations.ts';
import { type DeskChecks, recordCheck } from './check.ts';
import { kernelChecks } from './kernel.ts';

/** What must hold of the documents of each desk. */
export const DESK_CHECKS = {
  cgs: cgsChecks,
  community: {
    collections: [
      recordCheck(community.companies),
      recordCheck(community.communities),
      recordCheck(community.residents),
      recordCheck(community.categories),
      recordCheck(community.statuses),
      recordCheck(community.tickets),
      recordCheck(community.comments),
    ],
  },
  isp: {
    collections: [recordCheck(isp.subscribers), recordCheck(isp.tickets), recordCheck(isp.replies)],
  },
  urban: { collections: [recordCheck(urban.tickets)] },
} as const satisfies Record<DeskName, DeskChecks>;

/** All checks but those of the figures, which follow triggers; the shared ones first. */
export const ALL_CHECKS: readonly DeskChecks[] = [
  kernelChecks,
  ...Object.values(DESK_CHECKS),
  reservationChecks,
];
