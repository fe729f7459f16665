import type { Accounts } from './auth/accounts.ts';
import type { AttemptLine } from './auth/attempt-line.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import type { Files } from './media/files.ts';
import type { PushSender } from './notify/push-sender.ts';
import type { GroupCommit } from './store/group-commit.ts';
import type { Store } from './store/store.ts';
import type { Tasks } from './tasks/tasks.ts';

/** Everything outside the code that it depends on; one for each process. */
export interface Runtime {
  readonly config: Config;
  readonly store: Store;
  readonly groups: GroupCommit;
  readonly accounts: Accounts;
  readonly attempts: AttemptLine;
  readonly tasks: Tasks;
  /** Photos and films. */
  readonly files: Files;
  readonly push: PushSender;
  readonly log: Log;
  readonly now: () => Date;
  /** A random UUID, for a new record that has no number. */
  readonly newId: () => string;
}
