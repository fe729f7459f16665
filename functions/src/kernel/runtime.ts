import type { Accounts } from './auth/accounts.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import type { GroupCommit } from './store/group-commit.ts';
import type { Store } from './store/store.ts';

/** What the code needs from the world; one for each process. */
export interface Runtime {
  readonly config: Config;
  readonly store: Store;
  readonly groups: GroupCommit;
  readonly accounts: Accounts;
  readonly log: Log;
  readonly now: () => Date;
  /** The id of the next new record that has no number: a random UUID. */
  readonly newId: () => string;
}
