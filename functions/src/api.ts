import { cgsDesk } from './desks/cgs/index.ts';
import type { Desk } from './kernel/http/desk.ts';

/** Every desk that the API serves. */
export const desks: readonly Desk[] = [cgsDesk];
