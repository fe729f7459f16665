import { z } from 'zod';
import type { Problem } from '../../../kernel/problem.ts';
import type { Context } from '../../../kernel/http/endpoint.ts';
import type { Loaded } from '../../../kernel/store/document.ts';
import { decodeCursor, encodeCursor } from '../../../kernel/store/page.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { type Person, regionFilter } from '../domain/schemas.ts';
import { type Region, REGIONS } from '../domain/vocabulary.ts';
import { monthRange, monthsAsked, regionsAsked } from './asked.ts';
import { BASES, type Basis, type Row, rows } from './collections.ts';
import { sum } from './figures.ts';
import { totalOf } from './places.ts';
import { type Dimension, DIMENSIONS } from './subjects.ts';
import { type FigureRow, toFigureRow } from './wire.ts';

/** A page reads a document for each of its rows, months and regions. */
const MOST_MONTHS = 12;

/** What a list of figures is asked for by. */
export const figureFilters = {
  by: z.enum(['month', 'region', ...DIMENSIONS]).meta({ description: 'what there is a row for' }),
  basis: z.enum(BASES).default('created').meta({
    description: 'whether a ticket counts in the month of its creation or of its closing',
  }),
  ...monthRange,
  region: regionFilter,
};
const filterSchema = z.object(figureFilters);

interface Asked {
  readonly by: z.output<typeof filterSchema>['by'];
  readonly basis: Basis;
  readonly months: readonly string[];
  readonly regions: readonly Region[];
}

/** What a person asks for and may see; 400 for no months or too many. */
export const figuresAsked = (
  query: z.output<typeof filterSchema>,
  { actor, now, runtime }: Pick<Context<Person, unknown>, 'actor' | 'now' | 'runtime'>,
): Asked | Problem => {
  const months = monthsAsked(query, now, runtime.config.timeZone, MOST_MONTHS);
  if (!Array.isArray(months)) return months;
  const { by, basis, region } = query;
  return { by, basis, months, regions: regionsAsked(actor, region) };
};

/** The figures of each month and region, from the store's sums. */
export const loadTotals = async (
  store: Store,
  { basis, months, regions }: Pick<Asked, 'basis' | 'months' | 'regions'>,
) => {
  const asked = months.flatMap((month) =>
    regions.map((region) => ({ month, region, key: totalOf(basis, month, region) })),
  );
  const reads = await store.load(asked.map(({ key }) => key));
  return asked.map(({ key, ...total }) => ({
    ...total,
    counters: reads.get(key)?.data.counters ?? {},
  }));
};

/** A row for each month or region, also for one without tickets. */
const totalRows = async (
  store: Store,
  by: 'month' | 'region',
  asked: Asked,
): Promise<FigureRow[]> => {
  const totals = Map.groupBy(await loadTotals(store, asked), (total) => total[by]);
  return [...totals].map(([id, each]) =>
    toFigureRow(id, id, sum(each.map(({ counters }) => counters))),
  );
};

/** The documents of some rows, sorted by subject. */
const rowQuery = (by: Dimension, { basis, months, regions }: Asked) => {
  const isAll = regions.length === REGIONS.length;
  const asked = isAll ? [undefined] : regions;
  return {
    anyOf: months.flatMap((month) =>
      asked.map((region) => rows.queries.of.where({ basis, by, month, region })),
    ),
  };
};

/** One row of what a subject has in several months and regions, under its latest name. */
const rowOf = (id: string, found: readonly Loaded<Row>[]): FigureRow => {
  const latest = found.toSorted(({ data: one }, { data: other }) =>
    other.month.localeCompare(one.month),
  )[0];
  return toFigureRow(id, latest?.data.name ?? id, sum(found.map(({ data }) => data.counters)));
};

/**
 * One page of figures. A subject has one document for each month and region, so as many as are read
 * hold at least the documents of a page's rows.
 *
 * @throws Problem 400 for a cursor that does not come from a page.
 */
export const readFigureRows = async (
  store: Store,
  asked: Asked,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
) => {
  const { by, months, regions } = asked;
  if (by === 'month' || by === 'region') {
    const result = await totalRows(store, by, asked);
    return { result, page: { limit, nextCursor: null } };
  }
  const most = limit * months.length * regions.length;
  const startAfter = cursor === undefined ? undefined : decodeCursor(cursor, 1);
  const found = await store.find({ ...rowQuery(by, asked), startAfter, limit: most });
  const bySubject = [...Map.groupBy(found, ({ data }) => data.subject)];
  const shown = bySubject.slice(0, limit);
  const isLast = bySubject.length <= limit && found.length < most;
  const result = shown.map(([id, each]) => rowOf(id, each)).filter(({ tickets }) => tickets > 0);
  return { result, page: { limit, nextCursor: isLast ? null : encodeCursor([shown.at(-1)?.[0]]) } };
};
