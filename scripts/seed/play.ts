import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { z } from 'zod';
import { desks } from '../../functions/src/api.ts';
import { createApp } from '../../functions/src/kernel/http/app.ts';
import type { Runtime } from '../../functions/src/kernel/runtime.ts';
import { anyDocument } from '../../functions/src/kernel/store/document.ts';
import { addPeople, type DemoPerson, STORIES, uidOf } from './people.ts';

type Body = object | string | Uint8Array<ArrayBuffer>;

/** What an act can do, at the time of its step. */
export interface Scene {
  /**
   * Sends a request such as `POST /v1/tickets`; throws when it is refused. A text is CSV, bytes are
   * a file, and any other body is JSON.
   */
  readonly send: (request: string, body?: Body) => Promise<unknown>;
  /** The time this many minutes before the seed; negative for a time after it. */
  readonly minutesAgo: (minutes: number) => Date;
  /** Runs the scheduled work that is due. */
  readonly runClock: () => Promise<void>;
}

/** One request of a story; `id` is that of the record that the story's first request created. */
export type Act = (scene: Scene, id: string) => Promise<unknown>;

/** When (minutes before the seed), who (the first part of their address), and what they do. */
export type Step = readonly [ago: number, by: string, act: Act];

/** The requests that create a part of the demo data. */
export interface Story {
  /** Paths of documents: if one of them exists, the story is not played again. */
  readonly unless: readonly string[];
  /** The ids that its first request assigns, in order; other ids are random. */
  readonly ids?: readonly string[];
  readonly steps: readonly Step[];
}

/** The demo data of one desk. */
export interface DeskSeed {
  readonly people: readonly DemoPerson[];
  readonly stories: readonly Story[];
}

const DAY = 24 * 60;
/** When records without a story were added, in minutes before the seed. */
export const LONG_AGO = 150 * DAY;

const answerSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  data: z.unknown().optional(),
  result: z.unknown().optional(),
});

/** The id in an answer, in any desk's envelope. */
const idIn = (answer: unknown): string => {
  const { id, data, result } = answerSchema.parse(answer ?? {});
  if (id !== undefined) return String(id);
  return data === undefined && result === undefined ? '' : idIn(data ?? result);
};

const encoded = (body: Body) => {
  if (typeof body === 'string') return { type: 'text/csv', body };
  if (body instanceof Uint8Array) return { type: 'application/octet-stream', body };
  return { type: 'application/json', body: JSON.stringify(body) };
};

/** Sends a request as a person of the demo data; the token is their uid. */
const send = async (port: number, by: string, request: string, given?: Body): Promise<unknown> => {
  const [method = '', path = ''] = request.split(' ');
  const { type, body } = encoded(given ?? {});
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { Authorization: `Bearer ${uidOf(by)}`, 'Content-Type': type },
    ...(given !== undefined && { body }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`The demo data is refused: ${by}, ${request}: ${text}`);
  const parsed: unknown = JSON.parse(text);
  return parsed;
};

/** The API with the stories' clock and ids, and without passwords. */
const openStage = async (runtime: Runtime, seededAt: Date) => {
  let now = seededAt;
  let ids: string[] = [];
  const staged: Runtime = {
    ...runtime,
    now: () => now,
    newId: () => ids.shift() ?? randomUUID(),
    accounts: { ...runtime.accounts, verify: async (uid) => ({ uid, sid: STORIES }) },
    log: { write: () => {} },
  };
  const minutesAgo = (minutes: number) => new Date(seededAt.getTime() - minutes * 60_000);
  const server = createServer(createApp(staged, desks)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    /** Sets the clock and the next ids for a step of this person. */
    enter: (ago: number, by: string, given: readonly string[] = []): Scene => {
      now = minutesAgo(ago);
      ids = [...given];
      return {
        send: (request, body) => send(port, by, request, body),
        minutesAgo,
        runClock: async () => {
          for (const sweep of desks.flatMap(({ sweeps }) => sweeps)) {
            await sweep(staged, minutesAgo(-1));
          }
        },
      };
    },
    close: async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

/**
 * Creates the missing people of a desk and plays its missing stories, step by step in order of time.
 *
 * @throws Error when the desk refuses a step
 */
export const play = async (
  runtime: Runtime,
  { people, stories }: DeskSeed,
  seededAt: Date,
): Promise<void> => {
  await addPeople(runtime.store, people, seededAt);
  const there = await runtime.store.load(stories.flatMap(({ unless }) => unless.map(anyDocument)));
  const missing = stories.filter(({ unless }) =>
    unless.every((path) => there.get(anyDocument(path)) === undefined),
  );
  if (missing.length === 0) return;
  const stage = await openStage(runtime, seededAt);
  const opened = new Map<Story, string>();
  const scenes = missing.flatMap((story) => story.steps.map((step) => ({ story, step })));
  try {
    for (const { story, step } of scenes.toSorted((one, other) => other.step[0] - one.step[0])) {
      const [ago, by, act] = step;
      const id = opened.get(story);
      const answer = await act(stage.enter(ago, by, id === undefined ? story.ids : []), id ?? '');
      if (id === undefined) opened.set(story, idIn(answer));
    }
  } finally {
    await stage.close();
  }
};
