import type { Runtime } from '../runtime.ts';

/** A document that was written, as plain data; undefined where it did not exist. */
export interface Written {
  readonly id: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * What a desk does after a document was written. Events come at least once and in any order, so a
 * handler goes by what the store has now; it may be interrupted and run again. An event whose handler
 * throws is delivered again, so a handler reports what will not get better (`unreadable.ts`).
 */
export interface Trigger {
  /** Part of the deployed function's name. */
  readonly name: string;
  /** `users/{id}` */
  readonly document: string;
  /** What it runs on, if that is not the usual. */
  readonly runs?: {
    readonly memory: '1GiB';
    readonly concurrency: number;
    readonly timeoutSeconds: number;
  };
  readonly handle: (runtime: Runtime, written: Written) => Promise<void>;
}
