import type { Runtime } from '../runtime.ts';

/** A document that was written, as plain data; undefined where it did not exist. */
export interface Written {
  readonly id: string;
  readonly before: unknown;
  readonly after: unknown;
  /** When; by default just now. */
  readonly at?: Date;
}

/**
 * What a desk does after a document was written. Events come at least once and in any order, so a
 * handler goes by what the store has now; it may be interrupted and run again. An event whose handler
 * throws is delivered again, so a handler reports what will not get better (`unreadable.ts`).
 */
export interface Trigger {
  readonly name: string;
  /** `users/{id}` */
  readonly document: string;
  /** What its function runs on, if that is not the usual: it then has one of its own. */
  readonly runs?: {
    readonly memory: '1GiB';
    readonly concurrency: number;
    readonly timeoutSeconds: number;
  };
  readonly handle: (runtime: Runtime, written: Written) => Promise<void>;
}

/** Triggers that one function runs. */
interface FunctionPart extends Pick<Trigger, 'document' | 'runs'> {
  /** Part of the deployed function's name. */
  readonly name: string;
  readonly triggers: readonly Trigger[];
}

/** One function for each collection, since a write starts each of its functions; and the others. */
export const functionsOf = (triggers: readonly Trigger[]): readonly FunctionPart[] => {
  const alone = triggers.filter(({ runs }) => runs !== undefined);
  const usual = triggers.filter(({ runs }) => runs === undefined);
  const byDocument = Map.groupBy(usual, ({ document }) => document);
  return [
    ...[...byDocument].map(([document, its]) => {
      const [name = ''] = document.split('/');
      return { name, document, triggers: its };
    }),
    ...alone.map((trigger) => ({ ...trigger, triggers: [trigger] })),
  ];
};

/**
 * Runs all triggers of one event, whatever becomes of each.
 *
 * @throws AggregateError of what failed; the event comes again for all of them
 */
export const handleAll = async (
  triggers: readonly Trigger[],
  runtime: Runtime,
  written: Written,
): Promise<void> => {
  const handled = await Promise.allSettled(triggers.map(({ handle }) => handle(runtime, written)));
  const failures = handled.flatMap((each, index) =>
    each.status === 'rejected' ? [{ name: triggers[index]?.name, reason: each.reason }] : [],
  );
  if (failures.length === 0) return;
  const names = failures.map(({ name }) => name).join(', ');
  throw new AggregateError(
    failures.map(({ reason }): unknown => reason),
    `triggers failed: ${names}`,
  );
};
