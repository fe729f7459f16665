import { logger } from 'firebase-functions';

type Severity = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR';

/** Structured log lines; fields are plain data and never bodies, cookies, tokens or passwords. */
export interface Log {
  readonly write: (severity: Severity, message: string, fields?: object) => void;
}

/** Cloud Logging's JSON lines on standard output. */
export const cloudLog: Log = {
  write: (severity, message, fields = {}) => logger.write({ severity, message, ...fields }),
};

/** An error for the log: its name, message and stack, without request data. */
export const describeError = (error: unknown): object =>
  error instanceof Error
    ? { error: error.name, reason: error.message, stack: error.stack }
    : { error: String(error) };
