import { isDeepStrictEqual } from 'node:util';
import type { Watched } from './desk-history.ts';
import type { Sent } from './sending.ts';
import { type Entry, nameOf, type StoreView } from './store-view.ts';

/** A promise that was broken, and the requests that it was given to. */
export interface Broken {
  readonly problem: string;
  readonly requests: readonly Sent[];
}

/** What was asked of the store, and what it had before and has now. */
export interface Evidence {
  readonly sent: readonly Sent[];
  readonly before: StoreView;
  readonly after: StoreView;
  readonly watched: readonly Watched[];
}

const isPossible = ({ outcome }: Sent): boolean => outcome !== 'refused';
const isDone = ({ outcome }: Sent): boolean => outcome === 'done';

/** The requests that may have removed each document. */
const removalsOf = (sent: readonly Sent[]): ReadonlyMap<string, readonly Sent[]> => {
  const pairs = sent
    .filter(isPossible)
    .flatMap((each) =>
      each.effects.flatMap((effect) =>
        'removes' in effect ? [{ path: effect.removes, each }] : [],
      ),
    );
  return new Map(
    [...Map.groupBy(pairs, ({ path }) => path)].map(([path, found]) => [
      path,
      found.map(({ each }) => each),
    ]),
  );
};

/** The documents that were removed: somebody asked for it, and they are not there. */
const removedIn = ({ sent, after }: Evidence): ReadonlySet<string> =>
  new Set([...removalsOf(sent).keys()].filter((path) => !after.documents.has(path)));

/** Whether the document that a request made, or one that it wrote into, was removed. */
const isGone = ({ made, effects }: Sent, removed: ReadonlySet<string>): boolean =>
  [made, ...effects.map((effect) => ('in' in effect ? effect.in : undefined))].some(
    (path) => path !== undefined && removed.has(path),
  );

/** No server may fail, or forget who somebody is. */
const failures = ({ sent }: Evidence): Broken[] =>
  sent
    .filter(({ status = 503 }) => status === 401 || (status >= 500 && status !== 503))
    .map((each) => ({ problem: `was answered ${each.status}`, requests: [each] }));

/** Where an entry belongs: a new document is the same one wherever it is. */
const keyOf = (what: string, within: string | undefined): string => `${within ?? 'new'}: ${what}`;

interface Claim {
  readonly each: Sent;
  readonly within: string | undefined;
}

const claimsOf = (sent: readonly Sent[]): ReadonlyMap<string, readonly Claim[]> => {
  const claims = sent
    .filter(isPossible)
    .flatMap((each) =>
      each.effects.flatMap((effect) =>
        'adds' in effect ? [{ key: keyOf(effect.adds, effect.in), each, within: effect.in }] : [],
      ),
    );
  return Map.groupBy(claims, ({ key }) => key);
};

const countOf = (entries: readonly Entry[]): ReadonlyMap<string, number> =>
  new Map(
    [...Map.groupBy(entries, (entry) => keyOf(entry.what, entry.in))].map(([key, found]) => [
      key,
      found.length,
    ]),
  );

/** Each entry is there once for each acknowledged request, and at most once for each lost one. */
const entries = (evidence: Evidence): Broken[] => {
  const { sent, before, after } = evidence;
  const removed = removedIn(evidence);
  const claims = claimsOf(sent);
  const [old, now] = [countOf(before.entries), countOf(after.entries)];
  return [...new Set([...claims.keys(), ...now.keys()])].flatMap((key) => {
    const found = (now.get(key) ?? 0) - (old.get(key) ?? 0);
    const its = claims.get(key) ?? [];
    const least = its.filter(({ each }) => isDone(each) && !isGone(each, removed)).length;
    if (found >= least && found <= its.length) return [];
    const should = least === its.length ? `${least}` : `${least} to ${its.length}`;
    const problem = `"${key}" is in the store ${found} times, should be ${should}`;
    return [{ problem, requests: its.map(({ each }) => each) }];
  });
};

/** What was removed is gone, once; what nobody removed is there. */
const removals = (evidence: Evidence): Broken[] => {
  const { sent, before, after } = evidence;
  const removed = removedIn(evidence);
  const kept = sent.filter((each) => isDone(each) && !isGone(each, removed));
  const there = [...before.documents].filter((path) => !removed.has(path));
  const gone = [...there, ...kept.flatMap(({ made = [] }) => made)].filter(
    (path) => !after.documents.has(path),
  );
  const wrong = [...removalsOf(sent)].flatMap(([path, requests]) => {
    const done = requests.filter(isDone);
    const isBack = done.length > 0 && after.documents.has(path);
    return [
      ...(isBack ? [{ problem: `${path} was deleted, but is there`, requests: done }] : []),
      ...(done.length > 1 ? [{ problem: `${path} was deleted twice`, requests: done }] : []),
    ];
  });
  return [
    ...wrong,
    ...gone.map((path) => ({
      problem: `${path} is gone, and nobody deleted it`,
      requests: sent.filter((each) => each.made === path),
    })),
  ];
};

/** Nothing is in a document that does not exist. */
const orphans = ({ after }: Evidence): Broken[] =>
  after.entries
    .filter((entry) => entry.in !== undefined && !after.documents.has(entry.in))
    .map((entry) => ({
      problem: `${entry.document} says "${entry.what}" of ${entry.in}, which is gone`,
      requests: [],
    }));

/** What counts the documents that are in it counts right. */
const counts = ({ after }: Evidence): Broken[] => {
  const others = after.entries.filter((entry) => entry.in !== entry.document);
  const within = Map.groupBy(others, (entry) => entry.in);
  return [...after.holds].flatMap(([path, count]) => {
    const there = within.get(path)?.length ?? 0;
    const problem = `${path} counts ${count} documents in it, but there are ${there}`;
    return count === there ? [] : [{ problem, requests: [] }];
  });
};

/** What is wrong with a document by itself. */
const faults = ({ after }: Evidence): Broken[] =>
  after.faults.map((problem) => ({ problem, requests: [] }));

interface Setting {
  readonly to: unknown;
  readonly each: Sent;
}

const settingsOf = (sent: readonly Sent[]): ReadonlyMap<string, readonly Setting[]> => {
  const all = sent.filter(isPossible).flatMap((each) =>
    each.effects.flatMap((effect) => {
      const path = 'sets' in effect ? (effect.in ?? each.made) : undefined;
      return 'sets' in effect && path !== undefined
        ? [{ name: nameOf(path, effect.sets), to: effect.to, each }]
        : [];
    }),
  );
  return Map.groupBy(all, ({ name }) => name);
};

/** Whether a setting may be the last one: no acknowledged one began after it had ended. */
const mayBeLast = ({ each }: Setting, all: readonly Setting[]): boolean =>
  !isDone(each) || !all.some((other) => isDone(other.each) && other.each.began > each.ended);

/** A value is that of a request that may have been the last one; without any, it is as before. */
const values = ({ sent, before, after }: Evidence): Broken[] => {
  const settings = settingsOf(sent);
  return [...after.values].flatMap(([name, value]) => {
    const its = settings.get(name) ?? [];
    const isOld = !its.some(({ each }) => isDone(each));
    if (isOld && (!before.values.has(name) || isDeepStrictEqual(before.values.get(name), value)))
      return [];
    const last = its.filter((setting) => mayBeLast(setting, its));
    if (last.some(({ to }) => isDeepStrictEqual(to, value))) return [];
    const problem = `${name} is ${JSON.stringify(value)}, which no last request set`;
    return [{ problem, requests: its.map(({ each }) => each) }];
  });
};

/** No two requests were given the same new document. */
const doubles = ({ sent }: Evidence): Broken[] =>
  [...Map.groupBy(sent.filter(isDone), ({ made }) => made)]
    .filter(([made, requests]) => made !== undefined && requests.length > 1)
    .map(([made, requests]) => ({ problem: `${made} was given to several requests`, requests }));

/**
 * The numbers of a collection begin with 1 and have no gap. A number without a document is one that
 * was deleted, or that of a request whose answer did not tell it, in a document that was deleted.
 */
const numbers = (evidence: Evidence): Broken[] => {
  const { sent, before, after, watched } = evidence;
  const claims = claimsOf(sent);
  const now = countOf(after.entries);
  const removed = removedIn(evidence);
  const made = new Set(sent.flatMap((each) => each.made ?? []));
  const isUnseen = ({ each, within }: Claim): boolean =>
    each.made === undefined && within !== undefined && removed.has(within);
  const unseen = [...claims]
    .filter(([key]) => !now.has(key))
    .flatMap(([, its]) => its.filter(isUnseen)).length;
  return watched.flatMap(({ collection }) => {
    const last = after.lastNumbers.get(collection);
    if (last === undefined) return [];
    const paths = Array.from({ length: last }, (_, index) => `${collection}/${index + 1}`);
    const missing = paths.filter(
      (path) => !after.documents.has(path) && !made.has(path) && !before.documents.has(path),
    );
    const beyond = [...after.documents].filter(
      (path) => path.startsWith(`${collection}/`) && !paths.includes(path),
    );
    const isGap = missing.length > unseen;
    return [
      ...(isGap ? [{ problem: `nobody has the numbers ${missing.join(', ')}`, requests: [] }] : []),
      ...beyond.map((path) => ({
        problem: `${path} is beyond the last number, ${last}`,
        requests: [],
      })),
    ];
  });
};

const RULES = [failures, entries, removals, orphans, counts, faults, values, doubles, numbers];

/** Every promise that the store breaks after a history. */
export const judge = (evidence: Evidence): Broken[] => RULES.flatMap((rule) => rule(evidence));

const describe = ({ who, asked, outcome, status, tries, began, ended, text }: Sent): string => {
  const answer = `${outcome} (${status ?? 'no answer'}${tries > 1 ? `, try ${tries}` : ''})`;
  return [
    `    ${began}–${ended}  ${who}: ${asked.method} ${asked.path} → ${answer}`,
    ...(asked.body === undefined ? [] : [`      sent ${JSON.stringify(asked.body)}`]),
    `      got  ${text.slice(0, 300)}`,
  ].join('\n');
};

/** What was broken, with the requests behind it, in the order in which they began. */
export const report = (broken: readonly Broken[]): string =>
  broken
    .map(({ problem, requests }) =>
      [problem, ...requests.toSorted((one, other) => one.began - other.began).map(describe)].join(
        '\n',
      ),
    )
    .join('\n\n');
