import { isDeepStrictEqual } from 'node:util';
import type { StatusChange } from '../../functions/src/kernel/status-log.ts';
import {
  type Across,
  type Doc,
  expectSame,
  expectThat,
  type Fault,
  type Found,
  readDoc,
  withArchived,
} from './check.ts';
import type { Collection } from '../../functions/src/kernel/store/collection.ts';
import type { DocKey } from '../../functions/src/kernel/store/document.ts';

/** Each change of a status begins where the one before ended, and the last one led to the status. */
export const statusLogFaults = <S>(
  log: readonly StatusChange<S, unknown>[],
  status: S,
): Fault[] => [
  ...log.flatMap(({ from }, index) =>
    expectSame(`statusLog.${index}.from`, from, log[index - 1]?.to ?? from),
  ),
  // Tickets from before there was a log have none until they are moved.
  ...expectSame('statusLog', log.at(-1)?.to ?? status, status),
];

/** The keywords of a record, which those from before there was a search do not have. */
export const keywordFaults = (stored: unknown, should: readonly string[]): Fault[] =>
  stored === undefined || isDeepStrictEqual(stored, [])
    ? []
    : expectSame('keywords', stored, should);

/** A record that another one names is there, or was deleted while it was being named. */
export const namedFaults = (field: string, key: DocKey<unknown>, found: Found): Fault[] =>
  expectThat(
    withArchived(key).some((each) => found(each) !== undefined),
    field,
    `names ${key.path}, which is not there`,
  );

interface Counting<H, M> {
  readonly holders: Pick<Collection<H>, 'name' | 'doc'>;
  /** The field with the count. */
  readonly field: keyof H & string;
  readonly members: Pick<Collection<M>, 'name' | 'doc'>;
  /** The id of a member's holder; undefined for one that none counts. */
  readonly of: (member: M) => string | undefined;
}

const readIn = <T>(
  { name, doc }: Pick<Collection<T>, 'name' | 'doc'>,
  each: Doc,
): T | undefined => {
  if (each.path !== `${name}/${each.id}`) return undefined;
  const read = readDoc(doc(each.id), each.data);
  return 'data' in read ? read.data : undefined;
};

/** Each holder counts its members: no more and no fewer than there are. */
export const countsAcross =
  <H extends object, M>({ holders, field, members, of }: Counting<H, M>) =>
  (): Across => {
    const counts = new Map<string, unknown>();
    const numbers = new Map<string, number>();
    return {
      see: (doc) => {
        const holder = readIn(holders, doc);
        if (holder !== undefined) counts.set(doc.id, holder[field]);
        const member = readIn(members, doc);
        const id = member && of(member);
        if (id !== undefined) numbers.set(id, (numbers.get(id) ?? 0) + 1);
      },
      end: () =>
        [...counts].flatMap(([id, count]) =>
          expectSame(field, count, numbers.get(id) ?? 0).map((fault) => ({
            document: `${holders.name}/${id}`,
            ...fault,
          })),
        ),
    };
  };
