import { z } from 'zod';
import { csvExport, exportLines } from '../csv-export.ts';
import { type Endpoint, noInput } from '../http/endpoint.ts';
import type { Fields, Loaded, Reads } from '../store/document.ts';
import { fieldOf, pagesOf, readHeadedPage, readPage } from '../store/page.ts';
import type { Stored } from './declaration.ts';
import { isWithin } from './reach.ts';
import { criteriaOf, filtersOf, findsBy } from './search.ts';
import type { Served } from './served.ts';
import { textOf } from './plan-record.ts';

/** A record within the caller's reach; undefined for any other. */
export const seenBy = <A, D extends Stored>(
  { kind }: Served<A, D>,
  reads: Reads,
  id: string,
  actor: A,
): Loaded<D> | undefined => {
  const seen = reads.get(kind.collection.doc(id));
  return seen !== undefined && isWithin(kind.reach, actor, seen.data) ? seen : undefined;
};

/** Returns one record; 404 for one out of the caller's reach. */
export const getOne = <A, D extends Stored>(served: Served<A, D>): Endpoint => {
  const { kind, style } = served;
  return served.endpoint('get', ['notFound'], {
    method: 'get',
    path: `${kind.path}/:id`,
    summary: `Returns one ${kind.one}`,
    input: { ...noInput, params: kind.ids.params },
    status: 200,
    output: style.get.schema(kind.wire),
    cost: { reads: 2, writes: 0 },
    sample: { given: kind.samples.given },
    loads: ({ params }) => [kind.collection.doc(params.id)],
    handle: async ({ input: { params }, reads, actor }) => {
      const seen = seenBy(served, reads, params.id, actor);
      if (seen === undefined) return served.refuse('notFound');
      return style.get.of(kind.toWire(seen.data), kind.one);
    },
  });
};

const listCost = { reads: (rows: number) => Math.max(1, rows) + 1, writes: 0 };

/** Returns a page of the records that the caller may see. */
export const listAll = <A, D extends Stored>(served: Served<A, D>): Endpoint => {
  const { kind, style } = served;
  const { headers, page: paging } = style.list;
  const [sort] = kind.collection.queries.list.shape.orderBy;
  const by = sort === undefined || sort.field === 'id' ? 'number' : sort.field;
  return served.endpoint('list', [], {
    method: 'get',
    path: kind.path,
    summary: `Lists the ${kind.many} that the caller may see, by ${by}`,
    input: { ...noInput, query: z.strictObject({ ...filtersOf(served), ...paging }) },
    status: 200,
    output: style.list.schema(kind.wire),
    ...(headers && { headers }),
    cost: listCost,
    sample: { given: kind.samples.given, query: { limit: '5', ...kind.samples.query } },
    handle: async ({ input: { query }, actor, ...tools }) => {
      const misplaced = kind.place?.refuse(actor, query);
      if (misplaced !== undefined) return misplaced;
      const criteria = criteriaOf(served, query, actor);
      const finds = findsBy(served, query);
      const { rows, page } = headers
        ? await readHeadedPage(tools, criteria, query, finds)
        : await readPage(tools.store, criteria, query, finds);
      return style.list.of(
        rows.map(({ data }) => kind.toWire(data)),
        page,
      );
    },
  });
};

/** A field as a cell: the name of a referenced record; empty for no value. */
const cellOf = (value: unknown): string =>
  textOf(typeof value === 'object' ? fieldOf(value, 'name') : value);

/** Exports all records that the caller may see as CSV; its columns are the fields of a POST. */
export const exportAll = <A, D extends Stored>(served: Served<A, D>): Endpoint => {
  const { kind } = served;
  const columns = Object.fromEntries(
    kind.columns.map((name) => [name, (fields: Fields) => cellOf(fields[name])]),
  );
  return served.endpoint('export', [], {
    ...csvExport,
    path: `${kind.path}/export`,
    summary: `Exports the ${kind.many} that the caller may see as CSV`,
    input: { ...noInput, query: z.strictObject(filtersOf(served)) },
    sample: { given: undefined, query: { q: 'no such name' } },
    handle: async ({ input: { query }, actor, store }) => {
      const finds = findsBy(served, query);
      return exportLines(columns, pagesOf(store, criteriaOf(served, query, actor)), (page) =>
        page.filter(finds).map(kind.given),
      );
    },
  });
};
