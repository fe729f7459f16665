import { z } from 'zod';
import { decisions, lineAt, parseConditions } from './rules-source.ts';

type Report = {
  readonly sourcePosition: { readonly currentOffset: number; readonly endOffset: number };
  readonly values?: readonly { readonly value: { readonly boolValue?: boolean | undefined } }[];
  readonly children?: readonly Report[];
};

// A tree: the children are parsed by the same schema, so its type can't be inferred.
const reportSchema: z.ZodType<Report> = z.lazy(() =>
  z.object({
    sourcePosition: z.object({
      currentOffset: z.number().default(0),
      endOffset: z.number().default(0),
    }),
    values: z
      .array(z.object({ value: z.object({ boolValue: z.boolean().optional() }).default({}) }))
      .default([]),
    children: z.array(reportSchema).default([]),
  }),
);

const coverageSchema = z.object({
  rules: z.object({ files: z.array(z.object({ content: z.string() })).min(1) }),
  report: z.array(reportSchema).default([]),
});

export type Coverage = z.infer<typeof coverageSchema>;

/** An expression that the suite has not seen both true and false. */
export type Gap = {
  readonly line: number;
  readonly expression: string;
  readonly missing: readonly boolean[];
};

export const parseCoverage = (body: unknown): Coverage => coverageSchema.parse(body);

const flatten = (reports: readonly Report[]): readonly Report[] =>
  reports.flatMap((report) => [report, ...flatten(report.children ?? [])]);

// The emulator may report an end too early: without the brackets of a call.
const SLACK = 3;

/**
 * The decisive expressions of `source` and, for each, which of true and false the emulator never
 * saw. An error (a missing field, a list's unknown value) counts as neither.
 */
export const findGaps = (
  source: string,
  { report }: Pick<Coverage, 'report'>,
): { readonly expressions: number; readonly gaps: readonly Gap[] } => {
  const reports = flatten(report);
  const found = parseConditions(source).flatMap(decisions);
  const gaps = found.flatMap(({ start, end }) => {
    const values = reports
      .filter(
        ({ sourcePosition: { currentOffset, endOffset } }) =>
          currentOffset === start && endOffset >= end - SLACK && endOffset <= end,
      )
      .flatMap(({ values = [] }) => values.map(({ value }) => value.boolValue));
    const missing = [true, false].filter((wanted) => !values.includes(wanted));
    const expression = source.slice(start, end).replaceAll(/\s+/g, ' ');
    return missing.length === 0 ? [] : [{ line: lineAt(source, start), expression, missing }];
  });
  return { expressions: found.length, gaps };
};
