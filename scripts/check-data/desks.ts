import { cgsChecks } from './cgs/index.ts';
import type { DeskChecks } from './check.ts';
import { kernelChecks } from './kernel.ts';

/** All checks. Another desk adds a folder beside `cgs` and a line here. */
export const DESK_CHECKS: readonly DeskChecks[] = [kernelChecks, cgsChecks];
