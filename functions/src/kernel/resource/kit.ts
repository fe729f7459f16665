import type { Endpoint } from '../http/endpoint.ts';
import type { ArchivedKind } from './archive.ts';
import type { Write } from '../store/document.ts';
import type { Declaration, Stored } from './declaration.ts';
import { importRecords } from './import-endpoint.ts';
import { kindOf } from './kind.ts';
import { exportAll, getOne, listAll } from './read-endpoints.ts';
import { type DeskKit, serve } from './served.ts';
import { creation } from './plan-record.ts';
import type { Style } from './style.ts';
import { usersOf } from './usage.ts';
import { createOne, removeOne, updateOne } from './write-endpoints.ts';

/** One kind of records: its endpoints, and how a record is created without a request. */
export interface Resource<D extends Stored> {
  readonly endpoints: readonly Endpoint[];
  /** The writes of a new record that needs no checks, such as demo data. */
  readonly creation: (data: D) => readonly Write[];
  /** For the desk's sweep of archived records. */
  readonly archived: ArchivedKind;
}

/** Makes a desk's kit, which turns a declaration into endpoints in the desk's format. */
export const resourceKit =
  <A, Role extends string, Code extends string>(
    desk: DeskKit<A, Role, Code>,
    style: Style<NoInfer<Code>>,
  ) =>
  <
    D extends Stored,
    G extends object,
    R extends { readonly [F in keyof G]?: unknown },
    P extends object,
  >(
    declaration: Declaration<A, Role, Code, D, G, R, P> & {
      readonly references?: { readonly [F in Exclude<keyof R, keyof G>]: never };
    },
  ): Resource<D> => {
    const kind = kindOf(declaration, style.search?.keywordsOf);
    const { parse: parseRecord } = kind.collection.doc('archived');
    const served = serve(desk, style, kind, declaration);
    const records = [listAll, createOne, getOne, updateOne, removeOne];
    const sheets = kind.csv === true ? [importRecords, exportAll] : [];
    return {
      endpoints: [...records, ...sheets].map((make) => make(served)),
      creation: (data) => creation(kind, data),
      archived: {
        collection: kind.collection.name,
        isUsed: async (store, record) =>
          (await usersOf(store, kind, parseRecord(record))) !== undefined,
      },
    };
  };
