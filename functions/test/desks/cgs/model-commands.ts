/** The model's own tables of who may do what, when. */
import type { CommandName } from '../../../src/desks/cgs/domain/moves.ts';

/** The statuses of work in progress, in order. */
export const STEPS = ['Accepted', 'OnTheWay', 'CheckedIn', 'OnGoing'];

/** The tasks that need nobody's approval. */
export const PLAIN: Partial<Record<CommandName, string>> = {
  checking: 'Checking',
  pullingCable: 'PullingCable',
  jointing: 'Jointing',
  tidying: 'Tidying',
};

/** From which statuses a command is given; one that is not here, from every one. */
export const NEEDS: Partial<Record<CommandName, readonly string[]>> = {
  publish: ['Draft'],
  onTheWay: ['Accepted'],
  checkedIn: ['OnTheWay'],
  checking: ['CheckedIn', 'OnGoing'],
  pullingCable: ['CheckedIn', 'OnGoing'],
  jointing: ['CheckedIn', 'OnGoing'],
  tidying: ['CheckedIn', 'OnGoing'],
  linkChecking: ['OnGoing'],
  finishing: ['OnGoing'],
  pending: STEPS,
  resume: ['Pending'],
  reassign: [...STEPS, 'Pending'],
  assign: ['Open', ...STEPS, 'Pending'],
  closeByIncident: ['Open', ...STEPS, 'Pending'],
  breach: ['Open', ...STEPS],
  warn: ['Open', ...STEPS],
  release: ['Accepted'],
};

/** What each may do who is not of the crews. */
export const ALLOWED: Record<string, readonly CommandName[]> = {
  SuperAdmin: [
    'publish',
    'assign',
    'pending',
    'resume',
    'cancel',
    'closeByIncident',
    'validate',
    'note',
  ],
  NOC: ['publish', 'pending', 'resume', 'cancel', 'closeByIncident', 'validate', 'note'],
  system: ['publish', 'resume', 'breach', 'warn', 'release'],
};
