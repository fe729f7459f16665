import { createCgsDesk } from './desks/cgs/index.ts';
import { ispDesk } from './desks/isp/index.ts';
import type { Desk } from './kernel/http/desk.ts';

const siblings: readonly Desk[] = [ispDesk];

/** Every desk that the API serves. */
export const desks: readonly Desk[] = [createCgsDesk(siblings), ...siblings];
