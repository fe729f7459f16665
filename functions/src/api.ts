import { createCgsDesk } from './desks/cgs/index.ts';
import { communityDesk } from './desks/community/index.ts';
import { ispDesk } from './desks/isp/index.ts';
import { urbanDesk } from './desks/urban/index.ts';
import type { Desk } from './kernel/http/desk.ts';

const siblings: readonly Desk[] = [communityDesk, ispDesk, urbanDesk];

/** Every desk that the API serves. */
export const desks: readonly Desk[] = [createCgsDesk(siblings), ...siblings];
