import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import type { Firestore } from 'firebase-admin/firestore';
import pRetry from 'p-retry';
import { follow, type Following } from '../../../scripts/stack/follow.ts';
import { desks } from '../../src/api.ts';
import { KERNEL_SWEEPS, KERNEL_TRIGGERS } from '../../src/kernel/background.ts';
import type { Files } from '../../src/kernel/media/files.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import type { Store } from '../../src/kernel/store/store.ts';
import { functionsOf, handleAll, type Written } from '../../src/kernel/store/trigger.ts';
import { hookedStore, StoreError } from '../support/hooked-store.ts';
import { ownRuntime } from '../support/own-store.ts';
import type { LogLine } from '../support/harness.ts';
import type { Time } from './time.ts';

const FUNCTIONS = functionsOf([...KERNEL_TRIGGERS, ...desks.flatMap(({ triggers }) => triggers)]);
const SWEEPS = [...desks.flatMap(({ sweeps }) => sweeps), ...KERNEL_SWEEPS];
const collectionOf = (document: string): string => document.replace('/{id}', '');
const FOLLOWED = Map.groupBy(FUNCTIONS, ({ document }) => collectionOf(document));

const TICK_MS = 500;
const REDELIVERIES = { retries: 6, minTimeout: 50, factor: 2 } as const;
/** Firestore's UNAVAILABLE. */
const UNAVAILABLE = 14;
/** What happens while all is settled: nothing new, things that were put off, and what is due later. */
const SETTLING_MINUTES = [0, 2, 25 * 60, 2] as const;
const MOST_PASSES = 60;

/** A write as the platform tells of it. */
export interface WriteEvent extends Written {
  readonly collection: string;
}

/** What happens behind the API of a history. */
export interface Background {
  readonly runtime: Runtime;
  /** Runs until nothing is left to do, now and later. */
  readonly settle: () => Promise<void>;
  /** What went wrong, for people. */
  readonly problems: () => readonly string[];
  readonly stop: () => void;
}

interface Parts {
  readonly project: string;
  readonly db: Firestore;
  readonly time: Time;
  readonly files: Files;
  readonly seed: number;
  /** Called once for each write, before anything follows it. */
  readonly onWritten: (runtime: Runtime, event: WriteEvent) => Promise<void>;
  /** Called before and after each attempt at what follows a write. */
  readonly onHandled: (runtime: Runtime, event: WriteEvent) => Promise<void>;
}

/** A die with 100 sides, which rolls the same for the same seed. */
const createDie = (seed: number) => {
  const rolls = fc.sample(fc.nat(99), { seed, numRuns: 1_000 });
  let at = 0;
  return (): number => {
    at += 1;
    return rolls[at % rolls.length] ?? 0;
  };
};

/** A store that loses some commits, and the answers of some. */
const shaky = (store: Store, roll: () => number): Store =>
  hookedStore(store, {
    commit: async (_, go) => {
      const rolled = roll();
      if (rolled < 5) throw new StoreError(UNAVAILABLE, 'the commit is lost');
      await go();
      if (rolled > 94) throw new StoreError(UNAVAILABLE, 'the answer is lost');
    },
  });

/** Whether every document was seen as it is now. */
const isUpToDate = async (db: Firestore, followed: ReadonlyMap<string, Following>) => {
  const marks = [...followed].map(async ([collection, { known }]) => {
    const { docs } = await db.collection(collection).select('changeIds').get();
    const lastOf = (data: unknown): string => JSON.stringify(Object(data)['changeIds']);
    const isKnown = docs.every((doc) => lastOf(doc.data()) === lastOf(known.get(doc.id)));
    return isKnown && docs.length === known.size;
  });
  return (await Promise.all(marks)).every((each) => each);
};

/** Follows all collections; some events come twice, or later, and a failed one comes again. */
const startTriggers = async ({ db, seed, onWritten, onHandled }: Parts, runtime: Runtime) => {
  const roll = createDie(seed);
  const underWay = new Set<Promise<void>>();
  const problems: string[] = [];
  let late: (() => void)[] = [];
  const begin = (name: string, work: Promise<void>): void => {
    const ended = work
      .catch((error: unknown) => void problems.push(`${name} failed: ${String(error)}`))
      .finally(() => underWay.delete(ended));
    underWay.add(ended);
  };
  const deliver = (event: WriteEvent): void => {
    for (const { name, triggers } of FOLLOWED.get(event.collection) ?? []) {
      const handle = async () => {
        await onHandled(runtime, event);
        try {
          await handleAll(triggers, runtime, event);
        } finally {
          await onHandled(runtime, event);
        }
      };
      begin(`${name} of ${event.id}`, pRetry(handle, REDELIVERIES));
    }
  };
  const meet = (event: WriteEvent): void => {
    const rolled = roll();
    const [isTwice, isAgainLater, isLate] = [
      rolled < 10,
      rolled >= 10 && rolled < 20,
      rolled >= 80,
    ];
    const noted = onWritten(runtime, event);
    begin(`a look at ${event.id}`, noted);
    const follows = (): void => {
      begin(
        `what follows ${event.id}`,
        noted.then(() => deliver(event)),
      );
    };
    if (!isLate) follows();
    if (isTwice) follows();
    if (isAgainLater || isLate) late.push(follows);
  };
  const followed = new Map<string, Following>();
  for (const collection of FOLLOWED.keys()) {
    const seen = (written: Written) => meet({ ...written, collection });
    followed.set(collection, await follow(db, collection, seen));
  }
  return {
    problems,
    /** Delivers what was held back; whether there was something. */
    flush: (): boolean => {
      const held = late;
      late = [];
      for (const go of held) go();
      return held.length > 0;
    },
    /** Resolves when nothing is under way and every write was seen; whether there was something. */
    rest: async (): Promise<boolean> => {
      const wasBusy = underWay.size > 0;
      while (underWay.size > 0) await Promise.all(underWay);
      const isSeen = await isUpToDate(db, followed);
      if (!isSeen) await delay(20);
      return wasBusy || !isSeen || underWay.size > 0;
    },
    stop: () => followed.forEach(({ stop }) => stop()),
  };
};

const sweepAll = async (runtime: Runtime): Promise<boolean> => {
  const until = new Date(runtime.now().getTime() + 60 * 60_000);
  let changed = 0;
  for (const sweep of SWEEPS) changed += (await sweep(runtime, until)).changed;
  return changed > 0;
};

/** What a sweep could not do because of a lost commit, it does in its next run. */
const isProblem = ({ severity, message }: LogLine): boolean =>
  severity === 'ERROR' && message !== 'a due document could not be changed';

/**
 * Runs triggers, the clock and the tasks over the store of a history, in this process. Commits of
 * triggers and of the clock are lost now and then; the tasks have a store that always answers.
 */
export const startBackground = async (parts: Parts): Promise<Background> => {
  const { project, time, files, seed } = parts;
  const { runtime, lines, tasks } = ownRuntime({ now: time.now, files }, project);
  const roll = createDie(seed + 1);
  const failing = { ...runtime, store: shaky(runtime.store, roll) };
  const triggers = await startTriggers(parts, failing);
  let isOver = false;
  let isSettled = true;
  const act = async (): Promise<boolean> => {
    const isHeld = triggers.flush();
    const isSwept = await sweepAll(failing);
    return (await tasks.run()) > 0 || isSwept || isHeld;
  };
  const ticking = (async () => {
    while (!isOver) {
      await delay(TICK_MS);
      await act();
    }
  })();
  /** Whether nothing is left to do after a number of passes. */
  const finish = async (): Promise<boolean> => {
    for (let passes = 0; passes < MOST_PASSES; passes += 1) {
      const isBusy = [await triggers.rest(), await act(), await triggers.rest()];
      if (!isBusy.some((each) => each)) return true;
    }
    return false;
  };
  return {
    runtime,
    settle: async () => {
      isOver = true;
      await ticking;
      for (const minutes of SETTLING_MINUTES) {
        time.leap(minutes);
        isSettled = (await finish()) && isSettled;
      }
    },
    problems: () => [
      ...(isSettled ? [] : ['triggers, the clock and tasks never came to rest']),
      ...triggers.problems,
      ...lines
        .filter(isProblem)
        .map(({ message, fields }) => `${message}: ${JSON.stringify(fields)}`),
      ...tasks.waiting().map(({ queue, id }) => `the task ${id} of ${queue} is not done`),
    ],
    stop: triggers.stop,
  };
};
