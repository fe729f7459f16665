import { Firestore } from 'firebase-admin/firestore';
import { checkData } from '../../../scripts/check-data.ts';
import { desks as allDesks } from '../../src/api.ts';
import { webhooks } from '../../src/kernel/webhooks/collection.ts';
import { newWebhook } from '../support/new-webhook.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { emulators, startApi } from '../support/harness.ts';
import { ownProject, ownRuntime } from '../support/own-store.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { startBackground } from './background.ts';
import type { Actor, DeskHistory, Dice } from './desk-history.ts';
import { createErrands, WATCHED_INBOXES } from './errands.ts';
import { filesIn, leftOvers } from './files.ts';
import { judge, report } from './oracle.ts';
import { type Plan, planOf, type Size } from './plan.ts';
import { createTally, type Line, look, type Sent, sendAsked } from './sending.ts';
import { startServer } from './server-process.ts';
import { viewStore } from './store-view.ts';
import { createGate, createTime, type Time } from './time.ts';
import { createDues, toldProblems } from './told.ts';
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
/** The verdict on what followed the requests; done are the notices. */
export const BACKGROUND = 'background';

/** What triggers follow within a minute is not checked before; this is later. */
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
  time: Time,
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
    gate: createGate(),
  };
  const { promise: allSent, resolve } = Promise.withResolvers<void>();
  const trouble = makeTrouble({ proxy, server, line, outage, time, allSent }, plan);
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

/** Everything that `npm run check:data` finds, figures included. */
const breachesOf = async (db: Firestore, { now }: Time): Promise<string[]> => {
  const breaches = await checkData(db, { now: new Date(now().getTime() + LATER_MS) });
  return breaches.map(({ document, field, problem }) => `${document}  ${field}: ${problem}`);
};

const NOTHING = { done: 0, refused: 0, unknown: 0 } as const satisfies Verdict['outcomes'];

const countOf = (sent: readonly Sent[]): Verdict['outcomes'] => {
  const count = (outcome: Sent['outcome']) =>
    sent.filter((each) => each.outcome === outcome).length;
  return { done: count('done'), refused: count('refused'), unknown: count('unknown') };
};

/** The same person, who also runs the errands that people of every desk have. */
const withErrands = (desk: string, all: readonly Actor[], actor: Actor): Actor => {
  const base = allDesks.find(({ name }) => name === desk)?.base ?? '';
  const uids = [...new Set(all.map(({ as }) => as.id))];
  const errands = createErrands({ uid: actor.as.id, base, all: uids });
  return {
    ...actor,
    next: (dice, see) =>
      dice.isErrand
        ? errands.next(dice, see)
        : actor.next({ ...dice, photo: errands.photo(dice) }, see),
  };
};

/** What a desk brings to a history. */
interface Cast {
  readonly desk: string;
  readonly watched: DeskHistory['watched'];
  readonly actors: readonly Actor[];
}

/** The people of each desk, and a webhook that wants to hear of everything. */
const begin = async (
  project: string,
  desks: Options['desks'],
  { url }: Receiver,
): Promise<readonly Cast[]> => {
  const { store } = ownRuntime({}, project).runtime;
  const api = await startApi({ store });
  const casts = Object.entries(desks).map(async ([desk, { begin: beginAt, watched }]) => {
    const actors = await beginAt(api);
    return {
      desk,
      watched: [...watched, ...WATCHED_INBOXES],
      actors: actors.map((actor) => withErrands(desk, actors, actor)),
    };
  });
  const webhook = newWebhook(url, new Date());
  await store.commit([webhooks.create(webhook.id, webhook)]);
  const all = await Promise.all(casts);
  await api.stop();
  return all;
};

/** A receiver that fails now and then, so that deliveries come again. */
const startFailingReceiver = async (): Promise<Receiver> => {
  const receiver = await startReceiver();
  receiver.next.push(...Array.from({ length: 60 }, (_, n) => (n % 4 === 0 ? 500 : 200)));
  return receiver;
};

const idsIn = ({ arrived }: Receiver): string[] =>
  arrived.map(({ headers }) => String(headers['webhook-id']));

/**
 * Plays the history of a seed in an empty store: people of all desks send commands at the same time,
 * while connections to the store break, the server is killed, minutes go by, and triggers and the
 * clock follow. The same seed repeats the dice of every person and the troubles, but not how requests
 * overlap: that is up to the machine.
 *
 * @returns one verdict for each desk, one of what followed, and one of `npm run check:data`
 */
export const playHistory = async ({ seed, desks, ...size }: Options): Promise<Verdict[]> => {
  const project = ownProject();
  const db = new Firestore({ projectId: project });
  const [time, dues, receiver] = [createTime(), createDues(), await startFailingReceiver()];
  const casts = await begin(project, desks, receiver);
  const actors = casts.flatMap((cast) => cast.actors);
  const viewOf = ({ watched }: Cast) => viewStore(db, watched, time.now());
  const before = new Map(
    await Promise.all(casts.map(async (each) => [each, await viewOf(each)] as const)),
  );
  const files = filesIn(project);
  const parts = { project, db, time, files, seed, onWritten: dues.note, onHandled: dues.noteAgain };
  const background = await startBackground(parts);
  const sent = await act(project, time, planOf(seed, actors.length, size), actors);
  await background.settle();
  const verdictOn = async (cast: Cast): Promise<Verdict> => {
    const all = cast.actors.flatMap((actor) => sent.get(actor) ?? []);
    const [{ watched }, after] = [cast, await viewOf(cast)];
    const evidence = { sent: all, before: before.get(cast) ?? after, after, watched };
    return { desk: cast.desk, outcomes: countOf(all), problems: report(judge(evidence)) };
  };
  const verdicts = await Promise.all(casts.map(verdictOn));
  const followed = [
    ...background.problems(),
    ...(await toldProblems(db, background.runtime, dues.all(), idsIn(receiver))),
    ...(await leftOvers(db, project)),
  ];
  const breaches = await breachesOf(db, time);
  background.stop();
  await Promise.all([receiver.stop(), db.terminate()]);
  return [
    ...verdicts,
    {
      desk: BACKGROUND,
      outcomes: { ...NOTHING, done: dues.all().length },
      problems: followed.join('\n'),
    },
    { desk: CHECK_DATA, outcomes: NOTHING, problems: breaches.join('\n') },
  ];
};
