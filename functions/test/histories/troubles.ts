import type { TcpProxy } from '../support/tcp-proxy.ts';
import type { TroubleName } from './plan.ts';
import type { Line } from './sending.ts';
import type { ServerProcess } from './server-process.ts';
import { LEAP_MINUTES, type Time } from './time.ts';

/** What troubles act on. */
export interface Scene {
  readonly proxy: TcpProxy;
  readonly server: ServerProcess;
  readonly line: Line;
  readonly outage: Outage;
  readonly time: Time;
  /** Resolves when all people have sent everything: nothing more will be met. */
  readonly allSent: Promise<void>;
}

/** The time while nobody can be answered. */
export const createOutage = () => {
  let present: Promise<void> = Promise.resolve();
  return {
    lasts: (until: Promise<void>): Promise<void> => {
      present = until;
      return until;
    },
    isOver: () => present,
  };
};
type Outage = ReturnType<typeof createOutage>;

// Every document that a change writes has this field; no read request contains it.
const COMMIT = 'changeIds';
/** How many further requests are sent while a commit is held. */
const HELD_FOR = 5;

type Trouble = (scene: Scene) => Promise<void>;

/** The next commit is cut off, before the store gets it or before its answer is passed on. */
const cut =
  (fault: 'cut-before' | 'cut-after'): Trouble =>
  ({ proxy, allSent }) =>
    Promise.race([proxy.fault(fault, COMMIT).met, allSent]);

const kill: Trouble = ({ server, outage }) =>
  outage.lasts(server.kill().then(() => server.restart()));

/** Each resolves when it is over. */
export const ACTS: Readonly<Record<TroubleName, Trouble>> = {
  'cut-before': cut('cut-before'),
  'cut-after': cut('cut-after'),
  /** A commit is on its way while others are made. */
  hold: async ({ proxy, line, allSent }) => {
    const { met, release } = proxy.fault('hold', COMMIT);
    await Promise.race([met, allSent]);
    const lost = line.lost.reached(line.lost.now() + 1);
    await Promise.race([line.begun.reached(line.begun.now() + HELD_FOR), lost, allSent]);
    release();
  },
  /** The store is gone until somebody has noticed. */
  shut: ({ proxy, line, outage, allSent }) => {
    const noticed = line.lost.reached(line.lost.now() + 1);
    const act = async (): Promise<void> => {
      await proxy.shut();
      await Promise.race([noticed, allSent]);
      await proxy.open();
    };
    return outage.lasts(act());
  },
  /** Minutes go by in which nobody asks for anything; what the clock does then meets what people do next. */
  leap: ({ server, line, time }) =>
    line.gate.between(async () => {
      time.leap(LEAP_MINUTES);
      await server.setAhead(time.aheadMs());
    }),
  kill,
  /** The process ends between its decision and its commit, or between the commit and the answer. */
  'kill-before-commit': async (scene) => {
    await cut('cut-before')(scene);
    await kill(scene);
  },
  'kill-after-commit': async (scene) => {
    await cut('cut-after')(scene);
    await kill(scene);
  },
};
