const NAMES = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Whether an error is the reason of a stop signal. */
export const isStop = (error: unknown): boolean => NAMES.some((name) => name === error);

/**
 * Aborts at the first SIGINT, SIGTERM or SIGHUP. Later signals are ignored, because npm, the terminal
 * and the set-up may each send the same one.
 */
export const stopSignal = (): AbortSignal => {
  const controller = new AbortController();
  for (const name of NAMES) process.on(name, () => controller.abort(name));
  return controller.signal;
};

/** Resolves when the signal aborts. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
