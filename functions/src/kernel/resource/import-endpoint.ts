import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readSheet, type Sheet, writeLines } from '../csv.ts';
import { type Endpoint, noInput, type Services } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import { changeGathering } from '../store/change.ts';
import { costsOf } from './costs.ts';
import type { Samples, Stored } from './declaration.ts';
import {
  type DraftedLine,
  type Line,
  type Outcome,
  outcomeFor,
  prepare,
  type PreparedLines,
  repeated,
  type RowError,
  type RowWrite,
} from './import-plan.ts';
import { textOf } from './plan-record.ts';
import type { Served } from './served.ts';

const CSV_BODY = { type: 'text/csv', limit: 10 * 1024 * 1024 } as const;
const MOST_LISTED = 200;
/** The most writes in one commit of an import. */
const MOST_WRITES = 500;

const flag = z.enum(['true', 'false']).optional();

const importQuery = z.strictObject({
  partial: flag.meta({ description: 'true: import the valid rows even if others are not' }),
  update: flag.meta({ description: 'true: change records that exist with other content' }),
});

const reportSchema = z
  .object({
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    failed: z.int(),
    errors: z.array(z.object({ row: z.int(), path: z.string(), message: z.string() })),
  })
  .meta({ id: 'ImportReport' });

/** The sample's record as a file, unless the declaration has one. */
const csvSampleOf = ({ csv, body }: Samples): string =>
  csv ?? writeLines([Object.keys(body), Object.values(body).map(textOf)]);

type Report = z.output<typeof reportSchema>;

const isWrite = <D extends Stored>(outcome: Outcome<D>): outcome is RowWrite<D> =>
  'writes' in outcome;

const errorsOf = <D extends Stored>(outcomes: readonly Outcome<D>[]): RowError[] =>
  outcomes.flatMap((outcome) => ('errors' in outcome ? outcome.errors : []));

const reportOf = <D extends Stored>(
  outcomes: readonly Outcome<D>[],
  errors: readonly RowError[],
): Report => {
  const count = (kind: Outcome<D>['kind']) => outcomes.filter((each) => each.kind === kind).length;
  const all = [...errors, ...errorsOf(outcomes)].toSorted((one, other) => one.row - other.row);
  return {
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    failed: new Set(all.map(({ row }) => row)).size,
    errors: all.slice(0, MOST_LISTED),
  };
};

/** Rows that fit into one commit together. */
const batchesOf = <D extends Stored>(rows: readonly RowWrite<D>[]): DraftedLine<D>[][] => {
  const batches: DraftedLine<D>[][] = [];
  let room = 0;
  for (const { drafted, writes } of rows) {
    // Its own, and its entry in the audit log.
    const count = writes.length + 1;
    room -= count;
    if (room < 0) {
      batches.push([]);
      room = MOST_WRITES - count;
    }
    batches.at(-1)?.push(drafted);
  }
  return batches;
};

/** One import under way. */
interface Importing<A, D extends Stored> {
  readonly served: Served<A, D>;
  readonly tools: Pick<Services, 'store' | 'runtime' | 'audited' | 'principal'>;
  readonly update: boolean;
}

/**
 * Commits some rows together. Unless `first` has what was read for them, or when something moved
 * meanwhile, they are read and judged again.
 */
const commitBatch = async <A, D extends Stored>(
  { served: { kind }, tools: { store, runtime, audited, principal }, update }: Importing<A, D>,
  batch: readonly DraftedLine<D>[],
  first: PreparedLines<D> | undefined,
): Promise<readonly Outcome<D>[]> => {
  type Outcomes = readonly Outcome<D>[];
  const lines = batch.map(({ line }) => line);
  const { groups } = runtime;
  const changeId = randomUUID();
  const outcome = await changeGathering<Outcomes, Outcomes, PreparedLines<D>>(store, groups, {
    changeId,
    by: principal?.person.id ?? null,
    ...(first && { first: first.reads }),
    read: (more) => store.load(more),
    gather: async (reads) => (reads === first?.reads ? first : prepare(kind, store, lines)),
    decide: ({ gathered: { drafts, errors, reads } }) => {
      const now = runtime.now();
      const judged = drafts.map((drafted) => outcomeFor(kind, drafted, reads, { now, update }));
      const outcomes: Outcomes = [...judged, { kind: 'failed', errors }];
      const rows = judged.filter(isWrite);
      const entries = rows.flatMap(({ drafted: { line }, writes }) =>
        audited({ id: `${changeId}-${line.row}`, at: now }, writes),
      );
      const writes = [...rows.flatMap((row) => row.writes), ...entries];
      return writes.length === 0
        ? { kind: 'stop', value: outcomes }
        : { kind: 'write', plan: { writes, answer: outcomes } };
    },
  });
  return 'answer' in outcome ? outcome.answer : outcome.stopped;
};

/** Checks all rows, then writes the valid ones in batches. */
const importLines = async <A, D extends Stored>(
  importing: Importing<A, D>,
  lines: readonly Line<D>[],
  torn: readonly RowError[],
  partial: boolean,
): Promise<Report | Problem> => {
  const { served, tools, update } = importing;
  const { kind, refuse } = served;
  const { drafts, errors, reads } = await prepare(kind, tools.store, lines);
  const early = [...torn, ...errors, ...repeated(kind, drafts)];
  const bad = new Set(early.map(({ row }) => row));
  const now = tools.runtime.now();
  const judged = drafts
    .filter(({ line }) => !bad.has(line.row))
    .map((drafted) => outcomeFor(kind, drafted, reads, { now, update }));
  if (!partial && (early.length > 0 || errorsOf(judged).length > 0)) {
    return refuse('importRefused', { ...reportOf(judged, early), created: 0, updated: 0 });
  }
  const done: Outcome<D>[] = judged.filter((outcome) => !isWrite(outcome));
  for (const [index, batch] of batchesOf(judged.filter(isWrite)).entries()) {
    // What later batches refer to may have changed since the rows were judged.
    const first = index === 0 ? { drafts: batch, errors: [], reads } : undefined;
    done.push(...(await commitBatch(importing, batch, first)));
  }
  return reportOf(done, early);
};

const tornErrors = ({ columns, torn }: Sheet): RowError[] =>
  torn.map((row) => ({
    row,
    path: 'body',
    message: `The header has ${columns.length} cells; this row has not.`,
  }));

/**
 * Imports records from CSV. If a row is invalid nothing is imported, unless the caller asks for the
 * valid ones. A large file takes several commits; after an interruption the caller sends it again,
 * and records that are there with the same content count as unchanged.
 */
export const importRecords = <A, D extends Stored>(served: Served<A, D>): Endpoint => {
  const { kind, style } = served;
  const { path, many, samples, columns, ids } = kind;
  return served.endpoint('import', ['importRefused'], {
    method: 'post',
    path: `${path}/import`,
    summary: `Imports ${many} from CSV, whose columns are the fields of a POST`,
    input: { ...noInput, query: importQuery, body: z.string().min(1) },
    consumes: CSV_BODY,
    status: 200,
    output: style.get.schema(reportSchema),
    cost: costsOf(kind).import,
    sample: { given: samples.free, body: csvSampleOf(samples) },
    handle: async ({ input: { query, body }, change, ...tools }) => {
      const sheet = await readSheet(body, columns);
      if (sheet instanceof Problem) return sheet;
      const lines = sheet.rows.map((row) => ({ ...row, id: ids.issue(tools.runtime.newId)(1) }));
      const importing = { served, tools, update: query.update === 'true' };
      const partial = query.partial === 'true';
      const report = await importLines(importing, lines, tornErrors(sheet), partial);
      if (report instanceof Problem) return report;
      // An Idempotency-Key's response is stored here; without one there is nothing left to write.
      return change({ decide: () => ({ writes: [], answer: style.get.of(report, many) }) });
    },
  });
};
