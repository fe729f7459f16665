import { photos } from './media/photos.ts';
import { sweepMedia } from './media/sweep.ts';
import { followOwners } from './notify/follow-owners.ts';
import type { Sweep } from './store/sweep.ts';
import type { Trigger } from './store/trigger.ts';

/** What the clock does for all desks together. */
export const KERNEL_SWEEPS: readonly Sweep[] = [sweepMedia];

/** What runs after documents of the kernel's own collections are written. */
export const KERNEL_TRIGGERS: readonly Trigger[] = [photos, followOwners];
