/** How far a history leaps: a few of them are over the waits of its policies, all within a session. */
export const LEAP_MINUTES = 8;

/** The time of a history, which all its processes share. */
export const createTime = () => {
  let aheadMs = 0;
  return {
    now: () => new Date(Date.now() + aheadMs),
    /** How far it is ahead of the real time. */
    aheadMs: () => aheadMs,
    leap: (minutes: number): void => {
      aheadMs += minutes * 60_000;
    },
  };
};
export type Time = ReturnType<typeof createTime>;

/** Where requests pass, so that something can be done while none is under way. */
export const createGate = () => {
  let underWay = 0;
  let closed: Promise<void> | undefined;
  let onEmpty = (): void => {};
  return {
    /** Sends a request, once the gate is open. */
    pass: async <T>(request: () => Promise<T>): Promise<T> => {
      while (closed !== undefined) await closed;
      underWay += 1;
      try {
        return await request();
      } finally {
        underWay -= 1;
        if (underWay === 0) onEmpty();
      }
    },
    /** Acts after all requests that are under way, and before any other. */
    between: async (act: () => Promise<void>): Promise<void> => {
      const { promise, resolve } = Promise.withResolvers<void>();
      closed = promise;
      const { promise: empty, resolve: emptied } = Promise.withResolvers<void>();
      onEmpty = emptied;
      if (underWay === 0) emptied();
      await empty;
      await act();
      closed = undefined;
      resolve();
    },
  };
};
export type Gate = ReturnType<typeof createGate>;
