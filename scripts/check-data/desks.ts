import type { DeskName } from '../../functions/src/api.ts';
import { cgsChecks } from './cgs/index.ts';
import { communityChecks } from './community.ts';
import { ispChecks } from './isp.ts';
import { reservationChecks } from './reservations.ts';
import type { DeskChecks } from './check.ts';
import { kernelChecks } from './kernel.ts';
import { urbanChecks } from './urban.ts';

/** What must hold of the documents of each desk. */
export const DESK_CHECKS = {
  cgs: cgsChecks,
  community: communityChecks,
  isp: ispChecks,
  urban: urbanChecks,
} as const satisfies Record<DeskName, DeskChecks>;

/** All checks but those of the figures, which follow triggers; the shared ones first. */
export const ALL_CHECKS: readonly DeskChecks[] = [
  kernelChecks,
  ...Object.values(DESK_CHECKS),
  reservationChecks,
];
