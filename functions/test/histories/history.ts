import { Firestore } from 'firebase-admin/firestore';
import { checkData } from '../../../scripts/check-data.ts';
import { rebuildFigures } from '../../../scripts/figures-rebuild.ts';
import { emulators, startApi } from '../support/harness.ts';
import { ownProject, ownRuntime } from '../support/own-store.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import type { Actor, DeskHistory, Dice } from './desk-history.ts';
import { judge, report } from './oracle.ts';
import { type Plan, planOf, type Size } from './plan.ts';
import { createTally, type Line, look, type Sent, sendAsked } from './sending.ts';
import { startServer } from './server-process.ts';
import { viewStore } from './store-view.ts';
import { ACTS, createOutage, type Scene } from './troubles.ts';

export interface Options extends Size {
  readonly seed: number;
  /** The desks whose people act, by name. */
  readonly desks: Readonly<Record<string, DeskHistory>>;
}

/** How a history ended at one desk. */
export interface Verdict {
  readonly desk: string;
  readonly outcomes: Readonly<Record<Sent['outcome'], number>>;
  /** What is wrong, for people; empty when every promise was kept. */
  readonly problems: string;
}

/** The verdict on the whole store. */
export const CHECK_DATA = 'check:data';

/** Shares younger than a minute are not checked; this one is later than all. */
const LATER_MS = 120_000;

/** One person's requests, one after the other. */
const live = async (line: Line, { as, name, next }: Actor, dice: readonly Dice[]) => {
  const sent: Sent[] = [];
  for (const each of dice) {
    const asked = await next(each, (path) => look(line, as, path));
    if (asked === undefined) line.begun.next();
    else sent.push(...(await sendAsked(line, as, name, asked, each)));
  }
  return sent;
};

const makeTrouble = async (scene: Scene, { troubles }: Plan): Promise<void> => {
  for (const { trouble, after } of troubles) {
    await Promise.race([scene.line.begun.reached(after), scene.allSent]);
    await ACTS[trouble](scene);
  }
};

/** Lets everybody act while everything breaks. Returns what each person sent. */
const act = async (
  project: string,
  plan: Plan,
  actors: readonly Actor[],
): Promise<ReadonlyMap<Actor, readonly Sent[]>> => {
  const proxy = await startTcpProxy(emulators()['FIRESTORE_EMULATOR_HOST'] ?? '');
  const server = await startServer(project, proxy.host);
  const outage = createOutage();
  const line: Line = {
    url: server.url,
    begun: createTally(),
    lost: createTally(),
    clock: createTally(),
    isOver: outage.isOver,
  };
  const { promise: allSent, resolve } = Promise.withResolvers<void>();
  const trouble = makeTrouble({ proxy, server, line, outage, allSent }, plan);
  const lives = Promise.all(
    actors.map(
      async (actor, index) => [actor, await live(line, actor, plan.dice[index] ?? [])] as const,
    ),
  ).finally(resolve);
  try {
    const [sent] = await Promise.all([lives, trouble]);
    return new Map(sent);
  } finally {
    await server.kill();
    await proxy.stop();
  }
};

/** Everything that `npm run check:data` finds, figures included: they are made anew first. */
const breachesOf = async (db: Firestore, project: string): Promise<string[]> => {
  const { runtime } = ownRuntime({}, project);
  await rebuildFigures({ runtime, db, print: () => {} });
  const breaches = await checkData(db, { now: new Date(Date.now() + LATER_MS) });
  return breaches.map(({ document, field, problem }) => `${document}  ${field}: ${problem}`);
};

const countOf = (sent: readonly Sent[]): Verdict['outcomes'] => {
  const count = (outcome: Sent['outcome']) =>
    sent.filter((each) => each.outcome === outcome).length;
  return { done: count('done'), refused: count('refused'), unknown: count('unknown') };
};

/**
 * Plays the history of a seed in an empty store: people of all desks send commands at the same time,
 * while connections to the store break and the server is killed. The same seed repeats the dice of
 * every person and the troubles, but not how requests overlap: that is up to the machine.
 *
 * @returns one verdict for each desk, and one of `npm run check:data`
 */
export const playHistory = async ({ seed, desks, ...size }: Options): Promise<Verdict[]> => {
  const project = ownProject();
  const db = new Firestore({ projectId: project });
  const api = await startApi({ store: ownRuntime({}, project).runtime.store });
  const begin = async ([desk, { begin: beginAt, watched }]: [string, DeskHistory]) => {
    const actors = await beginAt(api);
    return { desk, watched, actors, before: await viewStore(db, watched) };
  };
  const casts = await Promise.all(Object.entries(desks).map(begin));
  const actors = casts.flatMap((cast) => cast.actors);
  const sent = await act(project, planOf(seed, actors.length, size), actors);
  const verdictOn = async ({ desk, watched, actors: its, before }: (typeof casts)[number]) => {
    const all = its.flatMap((actor) => sent.get(actor) ?? []);
    const after = await viewStore(db, watched);
    const problems = report(judge({ sent: all, before, after, watched }));
    return { desk, outcomes: countOf(all), problems };
  };
  const verdicts = await Promise.all(casts.map(verdictOn));
  const breaches = await breachesOf(db, project);
  await Promise.all([api.stop(), db.terminate()]);
  return [...verdicts, { desk: CHECK_DATA, outcomes: countOf([]), problems: breaches.join('\n') }];
};
