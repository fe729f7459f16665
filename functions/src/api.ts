import { createCgsDesk } from './desks/cgs/index.ts';
import { communityDesk } from './desks/community/index.ts';
import { ispDesk } from './desks/isp/index.ts';
import { urbanDesk } from './desks/urban/index.ts';
import type { Desk } from './kernel/http/desk.ts';

const siblings = { community: communityDesk, isp: ispDesk, urban: urbanDesk } as const;

/** The desks by name. */
export const served = { cgs: createCgsDesk(Object.values(siblings)), ...siblings } as const;

/** The name of a desk, which is also that of its folder and of its access. */
export type DeskName = keyof typeof served;

/** Every desk that the API serves. */
export const desks: readonly Desk[] = Object.values(served);
