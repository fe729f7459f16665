import { z } from 'zod';
import { type Columns, csvExport, exportLines } from '../../../kernel/csv-export.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { cgs } from '../desk.ts';
import { OFFICERS } from '../domain/vocabulary.ts';
import { figureFilters, figuresAsked, readFigureRows } from './figure-rows.ts';
import type { TimeName } from './figures.ts';
import type { FigureRow } from './wire.ts';

const timeColumns = (name: TimeName): Columns<FigureRow> => ({
  [`${name}Count`]: (row) => row[name].count,
  [`${name}Mean`]: (row) => row[name].mean,
  [`${name}P50`]: (row) => row[name].p50,
  [`${name}P90`]: (row) => row[name].p90,
});

const pendingsOf = ({ byPendingCategory }: FigureRow) => Object.entries(byPendingCategory);

/** The columns of an export, in order, and where each comes from. */
const COLUMNS: Columns<FigureRow> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  tickets: ({ tickets }) => tickets,
  trouble: ({ byType }) => byType['Trouble'] ?? 0,
  maintenance: ({ byType }) => byType['Maintenance'] ?? 0,
  finished: ({ byResolution }) => byResolution['Finished'] ?? 0,
  canceled: ({ byResolution }) => byResolution['Canceled'] ?? 0,
  cancelCategories: ({ byCancelCategory }) =>
    Object.entries(byCancelCategory)
      .map(([category, count]) => `${category}: ${count}`)
      .join('\n'),
  underSla: ({ bySla }) => bySla['UnderSla'] ?? 0,
  overSla: ({ bySla }) => bySla['OverSla'] ?? 0,
  nonSla: ({ bySla }) => bySla['NonSla'] ?? 0,
  repeats: ({ repeats }) => repeats,
  pendings: (row) => pendingsOf(row).reduce((all, [, { count }]) => all + count, 0),
  pendingMinutes: (row) =>
    Math.round(pendingsOf(row).reduce((all, [, { minutes }]) => all + minutes, 0) * 100) / 100,
  pendingCategories: (row) =>
    pendingsOf(row)
      .map(([category, { count, minutes }]) => `${category}: ${count}, ${minutes} minutes`)
      .join('\n'),
  ...timeColumns('accept'),
  ...timeColumns('travel'),
  ...timeColumns('work'),
  ...timeColumns('repair'),
  ...timeColumns('netRepair'),
};

const PAGE = 100;

/** All pages of the list. */
const pagesOf = async function* (store: Store, asked: Parameters<typeof readFigureRows>[1]) {
  for (let cursor: string | undefined; ; ) {
    const { result, page } = await readFigureRows(store, asked, { limit: PAGE, cursor });
    yield result.map((data) => ({ data }));
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
};

/** Streams the figures with the same filters as their list, as CSV. */
export const exportFigures = cgs.endpoint({
  ...csvExport,
  path: '/figures/export',
  summary: 'Exports counts and times by month, region, FOC, area, ISP or indication as CSV',
  contract: 'Figures, export',
  roles: OFFICERS,
  input: { ...noInput, query: z.strictObject(figureFilters) },
  returns: 'one line for each row of the list, under a line with the names of the columns',
  sample: { as: 'NOC', given: 'figures', query: { by: 'foc' } },
  handle: async ({ input: { query }, ...context }) => {
    const asked = figuresAsked(query, context);
    if (asked instanceof Problem) return asked;
    return exportLines(COLUMNS, pagesOf(context.store, asked), (page) => page);
  },
});
