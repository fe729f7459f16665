import { randomUUID } from 'node:crypto';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { startRuntime } from '../../src/kernel/start.ts';
import { emulators, ENVIRONMENT, type LogLine } from './harness.ts';
import { createTestTasks, type TestTasks } from './test-tasks.ts';
import { writesTo } from './written-data.ts';

/** A clock that a test sets. */
export interface TestClock {
  readonly now: () => Date;
  readonly set: (to: Date) => void;
  readonly forward: (minutes: number) => void;
}

export const createClock = (start: Date): TestClock => {
  let now = start;
  return {
    now: () => now,
    set: (to) => {
      now = to;
    },
    forward: (minutes) => {
      now = new Date(now.getTime() + minutes * 60_000);
    },
  };
};

/** A new project on the same emulator, which is an empty store. */
export const ownProject = (): string => writesTo(`demo-${randomUUID()}`);

/**
 * A runtime over an empty store, for tests that sweep everything that is due or change settings of
 * the whole desk.
 */
export const ownRuntime = (
  parts: Partial<Runtime> = {},
  projectId = ownProject(),
): { runtime: Runtime; lines: readonly LogLine[]; tasks: TestTasks } => {
  const lines: LogLine[] = [];
  const log = {
    write: (severity: string, message: string, fields: object = {}) => {
      lines.push({ severity, message, fields });
    },
  };
  const environment = { ...ENVIRONMENT, GCLOUD_PROJECT: projectId, ...emulators() };
  const tasks = createTestTasks(() => runtime);
  const runtime: Runtime = startRuntime(environment, { log, tasks, ...parts });
  return { runtime, lines, tasks };
};
