import { z } from 'zod';
import { describeError, type Log } from '../log.ts';
import type { Runtime } from '../runtime.ts';
import type { DocKey } from './document.ts';

const MOST_FIELDS = 5;

/** The fields that are wrong, without what they contain. */
export const faultsOf = (error: unknown): string =>
  error instanceof z.ZodError
    ? error.issues
        .slice(0, MOST_FIELDS)
        .map(({ path, code }) => `${path.map(String).join('.') || '*'} (${code})`)
        .join(', ')
    : 'unknown';

/** A stored document that does not fit its schema. Its message has the path, but no contents. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly document: string;
  constructor(document: string, cause: unknown) {
    super(`${document} does not fit its schema: ${faultsOf(cause)}`, { cause });
    this.document = document;
  }
}

/**
 * A document's data through its schema.
 *
 * @throws Unreadable when it does not fit
 */
export const parseDocument = <T>({ path, parse }: DocKey<T>, data: unknown): T => {
  try {
    return parse(data);
  } catch (error) {
    throw new Unreadable(path, error);
  }
};

/** Logs a document that can't be read. */
const reportUnreadable = ({ write }: Log, error: Unreadable): void =>
  write('ERROR', 'a document could not be read', {
    document: error.document,
    ...describeError(error),
  });

/** What `read` returns; undefined, and a report, if it comes upon a document that can't be read. */
export const readable = <T>({ log }: Pick<Runtime, 'log'>, read: () => T): T | undefined => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    reportUnreadable(log, error);
    return undefined;
  }
};

/** Does a trigger's work; a document that it can't read is reported, and the work is left undone. */
export const passingOverUnreadable = async (
  { log }: Runtime,
  work: () => Promise<void>,
): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    reportUnreadable(log, error);
  }
};
