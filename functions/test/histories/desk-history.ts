import type { Collection } from '../../src/kernel/store/collection.ts';
import type { Sender } from '../support/client.ts';
import type { TestApi } from '../support/harness.ts';

/**
 * What a request leaves in the store if it succeeds. `in` is the path of a document; without it, the
 * document that the request creates.
 */
export type Effect =
  /** An entry that stays: a new document, a log card, a note. `what` should name this request only. */
  | { readonly adds: string; readonly in?: string }
  /** A value that the next request replaces. */
  | { readonly sets: string; readonly to: unknown; readonly in?: string }
  /** The document, and all that is in it, is gone. */
  | { readonly removes: string };

/** One request of a history. */
export interface Asked {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** Sent in place of a body. */
  readonly file?: { readonly type: string; readonly bytes: Uint8Array };
  readonly effects: readonly Effect[];
  /** The effects that a success took, if its body tells that there are not all of them. */
  readonly took?: (body: unknown) => readonly Effect[];
  /** What the body of a success tells: the path of the new document, and values given to it. */
  readonly made?: (body: unknown) => { readonly path: string; readonly values?: Values };
  /** Called with the body of a success, so that people act on what they have seen. */
  readonly learn?: (body: unknown) => void;
}

type Values = Readonly<Record<string, unknown>>;

/** The dice of one request: the same for the same seed. */
export interface Dice {
  /** A word that no other request of the history has. */
  readonly mark: string;
  /** Which command, on which record, and anything else. */
  readonly command: number;
  readonly target: number;
  readonly value: number;
  /** Whether the client asks again after a lost answer, as a phone does, or gives up. */
  readonly isPatient: boolean;
  /** Whether this is one of the errands that people of every desk have: `errands.ts`. */
  readonly isErrand: boolean;
  /** The path of a photo that this person has sent, which may be shown somewhere already. */
  readonly photo?: string | undefined;
}

/** Somebody who sends one request after the other. */
export interface Actor {
  /** As reports call them. */
  readonly name: string;
  readonly as: Sender & { readonly id: string };
  /** What they send; undefined when there is nothing that they could do yet. */
  readonly next: (dice: Dice, look: Look) => Asked | undefined | Promise<Asked | undefined>;
}

/** The body of a GET's answer; undefined when there is none, or a refusal. */
export type Look = (path: string) => Promise<unknown>;

/** What a document shows of the requests that wrote it. */
export interface Shown {
  /** The entries that it has; `in` is a document whose removal removes this one too. */
  readonly adds?: readonly { readonly what: string; readonly in?: string }[];
  readonly values?: Values;
  /** How many other documents are in it, if it counts them. */
  readonly holds?: number;
  /** What is wrong with it, whoever wrote it. */
  readonly faults?: readonly string[];
}

/** Documents that are named by the numbers of `counters/{counter}`, the first of which is `first`. */
export interface Numbered {
  readonly counter: string;
  readonly first?: number;
}

/** A collection whose documents a history writes. */
export interface Watched {
  readonly collection: string;
  /** What numbers its documents without gaps, if something does. */
  readonly numbered?: Numbered;
  /** `now` is when everything is settled. */
  readonly shown: (id: string, data: unknown, now: Date) => Shown;
}

/** What histories need of a desk. */
export interface DeskHistory {
  readonly watched: readonly Watched[];
  /** Creates what the history begins with, through an API without faults; returns the people. */
  readonly begin: (api: TestApi) => Promise<readonly Actor[]>;
}

/** Watches a collection, with its documents parsed by its own schema. */
export const watch = <T>(
  { name, doc }: Pick<Collection<T>, 'name' | 'doc'>,
  shown: (data: T, path: string, now: Date) => Shown,
  numbered?: Numbered,
): Watched => ({
  collection: name,
  ...(numbered !== undefined && { numbered }),
  shown: (id, data, now) => shown(doc(id).parse(data), doc(id).path, now),
});

/** What a field for several photos shows: the one that the dice chose, if there is one. */
export const showing = ({ photo }: Dice): string[] => (photo === undefined ? [] : [photo]);

/** The item that a die chooses; undefined of an empty list. */
export const pick = <T>(items: readonly T[], die: number): T | undefined =>
  items[die % items.length];

/** The same of a list that is never empty. */
export const oneOf = <T>(items: readonly [T, ...T[]], die: number): T =>
  pick(items, die) ?? items[0];

/** Numbers of records that are known so far; a new one is found by everybody's next request. */
export const createKnown = <T>() => {
  const items: T[] = [];
  return {
    add: (item: T): void => void items.push(item),
    /** One of the latest, so that several people meet at the same record. */
    pick: (die: number, among = 6): T | undefined => pick(items.slice(-among), die),
  };
};
