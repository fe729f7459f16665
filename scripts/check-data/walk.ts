import type { DocKey } from '../../functions/src/kernel/store/document.ts';
import {
  type Across,
  type Breach,
  type CollectionCheck,
  type DeskChecks,
  type Doc,
  type Found,
  readDoc,
} from './check.ts';

/** Where documents come from: the store, or a spec's own. */
export interface Source {
  /**
   * The next documents of a collection in the order of their paths, after the one at `after`.
   * `inbox/{id}/items` are those of all collections of this name.
   */
  readonly page: (
    collection: string,
    after: string | undefined,
    limit: number,
  ) => Promise<readonly Doc[]>;
  /** Those of these documents that exist. */
  readonly get: (paths: readonly string[]) => Promise<readonly Doc[]>;
}

export interface Walk {
  /** Documents whose breaches are reported; all by default. */
  readonly includes?: (doc: Doc) => boolean;
  readonly now?: Date;
  /** Called after each page: how many documents of a collection were seen so far. */
  readonly onProgress?: (collection: string, seen: number) => void;
  /** Waits until copies have been updated, before what seems wrong is checked again. */
  readonly waitForCopies?: () => Promise<void>;
}

const PAGE = 300;

const foundIn = (docs: readonly Doc[]): Found => {
  const byPath = new Map(docs.map((doc) => [doc.path, doc]));
  return (key) => {
    const doc = byPath.get(key.path);
    const read = doc === undefined ? undefined : readDoc(key, doc.data);
    return read !== undefined && 'data' in read ? read.data : undefined;
  };
};

const pathsOf = (keys: readonly DocKey<unknown>[]): string[] => [
  ...new Set(keys.map(({ path }) => path)),
];

/** The breaches of some documents of one collection, with one fetch of what they refer to. */
const checkDocs = async (
  source: Source,
  check: CollectionCheck,
  docs: readonly Doc[],
  now: Date,
): Promise<Breach[]> => {
  const paths = pathsOf(docs.flatMap(check.refers));
  const found = foundIn(paths.length === 0 ? [] : await source.get(paths));
  return docs.flatMap((doc) =>
    check.faults(doc, found, now).map((fault) => ({ document: doc.path, ...fault })),
  );
};

/** Checks again what seemed wrong: a copy may not have been updated yet. */
const confirm = async (
  source: Source,
  suspects: ReadonlyMap<CollectionCheck, ReadonlySet<string>>,
  now: Date,
): Promise<Breach[]> => {
  const breaches: Breach[] = [];
  for (const [check, documents] of suspects) {
    const paths = [...documents];
    for (let at = 0; at < paths.length; at += PAGE) {
      const docs = await source.get(paths.slice(at, at + PAGE));
      breaches.push(...(await checkDocs(source, check, docs, now)));
    }
  }
  return breaches;
};

/** Every document of the desks' collections, a page at a time. */
const pages = async function* (source: Source, desks: readonly DeskChecks[]) {
  for (const check of desks.flatMap(({ collections }) => collections)) {
    for (let after: string | undefined, seen = 0; ; ) {
      const docs = await source.page(check.collection, after, PAGE);
      seen += docs.length;
      yield { check, docs, seen };
      after = docs.at(-1)?.path;
      if (docs.length < PAGE) break;
    }
  }
};

const startAcross = (desks: readonly DeskChecks[]): Across[] =>
  desks.flatMap(({ across }) => across?.map((start) => start()) ?? []);

const endAcross = (across: readonly Across[]): Breach[] =>
  across.flatMap((each) => [...each.end()]);

/** The breaches between documents that are still there when all of them are read again. */
const confirmAcross = async (
  source: Source,
  desks: readonly DeskChecks[],
  first: readonly Breach[],
): Promise<Breach[]> => {
  if (first.length === 0) return [];
  const across = startAcross(desks);
  for await (const { docs } of pages(source, desks)) {
    for (const doc of docs) for (const each of across) each.see(doc);
  }
  const keyOf = ({ document, field }: Breach) => `${document} ${field}`;
  const before = new Set(first.map(keyOf));
  return endAcross(across).filter((breach) => before.has(keyOf(breach)));
};

/** Checks every document, in pages; see `checkData`. */
export const walk = async (
  source: Source,
  desks: readonly DeskChecks[],
  { includes, now = new Date(), onProgress, waitForCopies }: Walk = {},
): Promise<Breach[]> => {
  const excluded = new Set<string>();
  const suspects = new Map<CollectionCheck, Set<string>>();
  const across = startAcross(desks);
  for await (const { check, docs, seen } of pages(source, desks)) {
    for (const doc of docs) {
      for (const each of across) each.see(doc);
      if (includes?.(doc) === false) excluded.add(doc.path);
    }
    const included = docs.filter(({ path }) => !excluded.has(path));
    const suspected = suspects.get(check) ?? new Set<string>();
    for (const { document } of await checkDocs(source, check, included, now))
      suspected.add(document);
    suspects.set(check, suspected);
    onProgress?.(check.collection, seen);
  }
  const between = endAcross(across).filter(({ document }) => !excluded.has(document));
  const isSuspected = [...suspects.values()].some(({ size }) => size > 0) || between.length > 0;
  if (isSuspected) await waitForCopies?.();
  const all = [
    ...(await confirm(source, suspects, now)),
    ...(await confirmAcross(source, desks, between)),
  ];
  // Two desks may report the same breach of a person.
  return [...new Map(all.map((breach) => [JSON.stringify(breach), breach])).values()];
};
