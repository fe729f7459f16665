import { type Endpoint, noInput, textStream } from '../../../kernel/http/endpoint.ts';
import { pagesOf } from '../../../kernel/store/page.ts';
import type { Criteria } from '../../../kernel/store/query.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { cgs } from '../desk.ts';
import { writeLines } from './csv.ts';
import { listQueryOf, matches, visible } from './lists.ts';
import { fieldOf, type Resource, type Stored, textOf } from './resource.ts';

/** A field as text: another record by its name, nothing as an empty cell. */
const cellOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? textOf(fieldOf(value, 'name')) : textOf(value);

export const columnsOf = <G extends object, D extends Stored>({ body }: Resource<G, D>) =>
  Object.keys(body.shape);

/** All rows of a query as CSV, page by page. */
const linesOf = async function* <G extends object, D extends Stored>(
  resource: Resource<G, D>,
  store: Store,
  anyOf: Criteria<D>['anyOf'],
  q: string | undefined,
): AsyncGenerator<string> {
  const { given } = resource;
  const columns = columnsOf(resource);
  yield writeLines([columns]);
  for await (const page of pagesOf(store, { anyOf })) {
    const rows = page
      .filter(({ data }) => matches(resource, q, data))
      .map(({ data }) => {
        const fields = given(data);
        return columns.map((name) => cellOf(fields[name]));
      });
    if (rows.length > 0) yield writeLines(rows);
  }
};

/** All records that the caller may read, as CSV whose columns are the fields of a POST. */
export const exportRecords = <G extends object, D extends Stored>(
  resource: Resource<G, D>,
): Endpoint =>
  cgs.endpoint({
    method: 'get',
    path: `${resource.path}/export`,
    summary: `Exports the ${resource.many} that the caller may see as CSV`,
    contract: `${resource.contract}, export`,
    roles: resource.readers,
    input: { ...noInput, query: listQueryOf(resource.filters).export },
    status: 200,
    output: textStream,
    produces: 'text/csv',
    cost: { reads: (rows) => Math.max(1, rows) + 1, writes: 0 },
    sample: { as: 'SuperAdmin', query: { q: 'no such name' } },
    handle: async ({ input: { query }, actor, store }) =>
      linesOf(resource, store, visible(resource, query, actor), query.q),
  });
