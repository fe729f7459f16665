import { randomUUID } from 'node:crypto';
import { type Received, type Sender, send } from '../support/client.ts';
import type { Asked, Dice, Effect } from './desk-history.ts';
import type { Gate } from './time.ts';

/** A request that was sent, and how it ended. `began` and `ended` order requests, not times. */
export interface Sent {
  readonly who: string;
  readonly asked: Asked;
  /** Done: a 2xx came. Refused: a 4xx came. Unknown: no answer, or a 503. */
  readonly outcome: 'done' | 'refused' | 'unknown';
  /** What it left if it was applied, with the path of the document that it created, if known. */
  readonly effects: readonly Effect[];
  /** The path of the document that it created. */
  readonly made: string | undefined;
  readonly began: number;
  readonly ended: number;
  /** How often it was sent with its key. */
  readonly tries: number;
  readonly status: number | undefined;
  readonly text: string;
}

/** Counts what happens in a history, and tells when a count is reached. */
export const createTally = () => {
  let count = 0;
  const waiting: { readonly at: number; readonly resolve: () => void }[] = [];
  return {
    now: () => count,
    next: (): number => {
      count += 1;
      for (const { at, resolve } of waiting) if (at <= count) resolve();
      return count;
    },
    reached: (at: number): Promise<void> => {
      const { promise, resolve } = Promise.withResolvers<void>();
      if (at <= count) resolve();
      else waiting.push({ at, resolve });
      return promise;
    },
  };
};
export type Tally = ReturnType<typeof createTally>;

/** What clients of one history share. */
export interface Line {
  readonly url: string;
  /** Requests that began. */
  readonly begun: Tally;
  /** Requests that got no answer or a 503. */
  readonly lost: Tally;
  /** The order of everything. */
  readonly clock: Tally;
  /** Resolves when no outage is going on. */
  readonly isOver: () => Promise<void>;
  /** Where requests pass. */
  readonly gate: Gate;
}

/** What a person sees before they act, if the server answers. */
export const look = async ({ url }: Line, as: Sender, path: string): Promise<unknown> => {
  const answer = await send(url, 'GET', path, { as }).catch(() => undefined);
  return answer?.status === 200 ? answer.body : undefined;
};

/** A client that never gets an answer gives up: a history must end. */
const MOST_TRIES = 20;

const outcomeOf = (answer: Received | undefined): Sent['outcome'] => {
  if (answer === undefined || answer.status === 503) return 'unknown';
  return answer.status < 300 ? 'done' : 'refused';
};

/** The effects with the path of the new document, and the values that only the answer tells. */
const effectsOf = (
  effects: readonly Effect[],
  made: ReturnType<NonNullable<Asked['made']>> | undefined,
) => [
  ...effects,
  ...Object.entries(made?.values ?? {}).map(([sets, to]): Effect => ({ sets, to })),
];

/** Sends a request once. */
const tryOnce = async (
  line: Line,
  as: Sender,
  who: string,
  asked: Asked,
  headers: Readonly<Record<string, string>>,
): Promise<Sent> => {
  const began = line.clock.next();
  const { method, path, body, file } = asked;
  const sending = file && {
    raw: file.bytes,
    headers: { ...headers, 'Content-Type': file.type },
  };
  // Whatever breaks the connection: the client does not know what became of its request.
  const answer = await line.gate.pass(() =>
    send(line.url, method, path, { as, body, headers, ...sending }).catch(() => undefined),
  );
  const outcome = outcomeOf(answer);
  const made = outcome === 'done' ? asked.made?.(answer?.body) : undefined;
  const took = outcome === 'done' ? asked.took?.(answer?.body) : undefined;
  if (outcome === 'done') asked.learn?.(answer?.body);
  if (outcome === 'unknown') line.lost.next();
  const sent: Sent = {
    who,
    asked,
    outcome,
    effects: asked.effects,
    made: made?.path,
    began,
    ended: line.clock.next(),
    tries: 1,
    status: answer?.status,
    text: answer?.text ?? 'no answer',
  };
  return { ...sent, effects: effectsOf(took ?? asked.effects, made) };
};

/**
 * Sends a request as a phone does: after a lost answer again, as soon as the outage is over, and a
 * POST with the same key. Tries without a key are requests of their own, as each may be applied.
 */
export const sendAsked = async (
  line: Line,
  as: Sender,
  who: string,
  asked: Asked,
  { isPatient }: Dice,
): Promise<readonly Sent[]> => {
  line.begun.next();
  const isKeyed = isPatient && asked.method === 'POST';
  const headers = isKeyed ? { 'Idempotency-Key': randomUUID() } : {};
  const sent: Sent[] = [];
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const last = await tryOnce(line, as, who, asked, headers);
    const first = isKeyed ? sent.pop() : undefined;
    sent.push({ ...last, tries: isKeyed ? tries : 1, began: first?.began ?? last.began });
    if (last.outcome !== 'unknown' || !isPatient) break;
    await line.isOver();
  }
  return sent;
};
