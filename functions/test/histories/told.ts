import type { Firestore } from 'firebase-admin/firestore';
import { firestoreSource } from '../../../scripts/check-data/firestore-source.ts';
import type { Doc } from '../../../scripts/check-data/check.ts';
import { desks } from '../../src/api.ts';
import { audienceOf } from '../../src/kernel/notify/audience.ts';
import { inboxItems } from '../../src/kernel/notify/inbox.ts';
import type { Notice } from '../../src/kernel/notify/notice.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import type { Store } from '../../src/kernel/store/store.ts';
import { changedByOf, isRecord } from '../../src/kernel/store/document.ts';
import { deliveries } from '../../src/kernel/webhooks/collection.ts';
import type { WriteEvent } from './background.ts';
import { documentsOf } from './store-view.ts';

type Told = Notice & { readonly by: string | undefined };

type Saying = Pick<Notice, 'kind' | 'subject' | 'values'>;

/** What a write means, and who was to hear of it at that time, or when its event came. */
export interface Due {
  readonly desk: string;
  readonly notice: Told;
  readonly people: ReadonlySet<string>;
  readonly others: Set<string>;
}

/** Something that is to be there at least and at most so often. */
export interface Bounds {
  readonly what: string;
  readonly least: number;
  readonly most: number;
}

/** What is there too often or too rarely, for people. */
export const miscounted = (due: readonly Bounds[], found: readonly string[]): string[] => {
  const bounds = Map.groupBy(due, ({ what }) => what);
  const times = Map.groupBy(found, (what) => what);
  return [...new Set([...bounds.keys(), ...times.keys()])].flatMap((what) => {
    const its = bounds.get(what) ?? [];
    const [least, most] = [
      its.reduce((sum, each) => sum + each.least, 0),
      its.reduce((sum, each) => sum + each.most, 0),
    ];
    const count = times.get(what)?.length ?? 0;
    if (count >= least && count <= most) return [];
    return [
      `${what} is there ${count} times, should be ${least === most ? '' : `${least} to `}${most}`,
    ];
  });
};

/** Everybody whom a notice is for at present. */
const peopleFor = async (store: Store, desk: string, notice: Told): Promise<Set<string>> => {
  const all = new Set<string>();
  for await (const page of audienceOf(store, desk, notice, 300))
    for (const uid of page) all.add(uid);
  return all;
};

const sayingOf = ({ kind, subject, values }: Saying): string => {
  const named = Object.entries(values).map((each) => each.join('='));
  return `${kind} of ${subject.collection}/${subject.id} (${named.toSorted().join(', ')})`;
};

/** Collects what each write of a history means for whom, by the desks' own rules. */
export const createDues = () => {
  const dues: Due[] = [];
  const meanings = new Map<WriteEvent, Due[]>();
  return {
    all: (): readonly Due[] => dues,
    /** Looks whom a write is for, right after it. */
    note: async ({ store }: Runtime, event: WriteEvent): Promise<void> => {
      const { collection, after } = event;
      const by = isRecord(after) ? changedByOf(after) : undefined;
      for (const { name: desk, notices } of desks) {
        const rules = notices?.rules.filter((rule) => rule.collection === collection) ?? [];
        for (const told of rules.flatMap((rule) => rule.noticesOf(event))) {
          const notice = { ...told, by };
          const people = await peopleFor(store, desk, notice);
          const due = { desk, notice, people, others: new Set<string>() };
          dues.push(due);
          meanings.set(event, [...(meanings.get(event) ?? []), due]);
        }
      }
    },
    /** Looks again while its event is handled. */
    noteAgain: async ({ store }: Runtime, event: WriteEvent): Promise<void> => {
      for (const { desk, notice, others } of meanings.get(event) ?? []) {
        for (const uid of await peopleFor(store, desk, notice)) others.add(uid);
      }
    },
  };
};

const inboxOf = ({ path }: Doc): string => path.split('/')[1] ?? '';

/** Each notice is once in the inbox of everybody whom it is for, however often its event came. */
const inboxProblems = async (db: Firestore, store: Store, dues: readonly Due[]) => {
  const due = await Promise.all(
    dues.map(async ({ desk, notice, people, others }) => {
      // Who wrote a comment meanwhile may be told or not: their event may have come late.
      const later = await peopleFor(store, desk, notice);
      return [...new Set([...people, ...others, ...later])].map((uid) => ({
        what: `inbox of ${uid}: ${desk} ${sayingOf(notice)}`,
        least: people.has(uid) && later.has(uid) ? 1 : 0,
        most: 1,
      }));
    }),
  );
  const documents = await documentsOf(firestoreSource(db), inboxItems.path);
  const found = documents.map((doc) => {
    const item = inboxItems.of(inboxOf(doc)).doc(doc.id).parse(doc.data);
    return `inbox of ${inboxOf(doc)}: ${item.desk} ${sayingOf(item)}`;
  });
  return miscounted(due.flat(), found);
};

/** Each notice is one event for a webhook that wants all, sent under one id until it is accepted. */
const deliveryProblems = async (
  db: Firestore,
  dues: readonly Due[],
  received: readonly string[],
) => {
  const documents = await documentsOf(firestoreSource(db), deliveries.name);
  const sent = documents.map(({ id, data }) => deliveries.doc(id).parse(data));
  const due = dues.map(({ desk, notice }) => ({
    what: `delivery of ${desk}.${notice.kind}: ${sayingOf(notice)}`,
    least: 1,
    most: 1,
  }));
  const found = sent.map(({ type, data }) => `delivery of ${type}: ${sayingOf(data)}`);
  const ids = new Set(sent.map(({ id }) => id));
  return [
    ...miscounted(due, found),
    ...sent
      .filter(({ id, status }) => status !== 'delivered' || !received.includes(id))
      .map(({ id, status }) => `the delivery ${id} did not arrive, and is ${status}`),
    ...[...new Set(received)]
      .filter((id) => !ids.has(id))
      .map((id) => `a message arrived as ${id}, which is no delivery`),
  ];
};

/** Whom the history did not tell what it should have told, or twice. */
export const toldProblems = async (
  db: Firestore,
  { store }: Runtime,
  dues: readonly Due[],
  received: readonly string[],
): Promise<string[]> => [
  ...(await inboxProblems(db, store, dues)),
  ...(await deliveryProblems(db, dues, received)),
];
