import { z } from 'zod';
import { collection } from '../../../functions/src/kernel/store/collection.ts';
import { fieldOf } from '../../../functions/src/kernel/store/page.ts';
import {
  type Across,
  type Breach,
  type CollectionCheck,
  checkOf,
  type Doc,
  expectSame,
  expectThat,
} from '../check.ts';

const MONTHS = Array.from({ length: 12 }, (_, index) =>
  new Date(Date.UTC(2000, index)).toLocaleString('en', { month: 'long', timeZone: 'UTC' }),
);

const counterSchema = z.object({
  count: z.int().nonnegative(),
  month: z.string(),
  year: z.int(),
});
const counters = collection('ticketcount', counterSchema);

/** `ticketcount/{YYYY-MM}` (contract, "ticketcount"). */
export const counterCheck = checkOf(counters, {
  faults: ({ month, year }, { id }) => [
    ...expectThat(/^\d{4}-(0[1-9]|1[0-2])$/.test(id), '*', 'its id is not a month'),
    ...expectSame('year', year, Number(id.slice(0, 4))),
    ...expectSame('month', month, MONTHS[Number(id.slice(5)) - 1]),
  ],
});

/** `counters/{…}`: the numbers of incidents, and of other desks' documents, which have no month. */
export const incidentCounterCheck: CollectionCheck = {
  collection: 'counters',
  refers: () => [],
  faults: () => [],
};

/** Documents that are numbered by month, and the counters of the months. */
interface Series {
  readonly collection: string;
  /** The field with the number: `TRB-202611-0001`. */
  readonly field: string;
  /** The beginning of a counter's path, before its month. */
  readonly counter: string;
}

export const TICKET_NUMBERS: Series = {
  collection: 'tickets',
  field: 'ticketId',
  counter: 'ticketcount/',
};
export const INCIDENT_NUMBERS: Series = {
  collection: 'incidents',
  field: 'incidentId',
  counter: 'counters/cgs-incidents-',
};

const countSchema = z.looseObject({ count: z.int() });
const FORM = /^[A-Z]{3}-(\d{4})(\d{2})-(\d+)$/;

interface Month {
  /** The values of its counter, before and after what it numbers was read. */
  readonly counts: number[];
  /** The document of each number. */
  readonly numbers: Map<number, string>;
}

const between = (first: number, last: number): string =>
  first === last ? String(first) : `${first} to ${last}`;

/** The month and the number that a document has. */
const numberOf = (
  { collection: name, field }: Series,
  { path, data }: Doc,
): { month: string; number: number } | undefined => {
  if (!path.startsWith(`${name}/`)) return undefined;
  const [, year, month, digits] = FORM.exec(String(fieldOf(data, field))) ?? [];
  return digits === undefined ? undefined : { month: `${year}-${month}`, number: Number(digits) };
};

const breachesOf = (series: Series, id: string, { counts, numbers }: Month): Breach[] => {
  const [first = 0] = counts;
  const last = counts.at(-1) ?? 0;
  const counter = `${series.counter}${id}`;
  const isCounted = numbers.size >= first && numbers.size <= last;
  const problem = `is ${between(first, last)}, but the month has ${numbers.size} ${series.collection}`;
  return [
    ...(isCounted ? [] : [{ document: counter, field: 'count', problem }]),
    ...[...numbers]
      .filter(([number]) => number > last || number < 1)
      .map(([number, document]) => ({
        document,
        field: series.field,
        problem: `has the number ${number}, but ${counter} counts to ${last}`,
      })),
  ];
};

/**
 * Each month's documents have the numbers 1 to its count, each once. The counters are read before
 * and after them: one that is created in between may be seen or not.
 */
export const numbersAcross = (series: Series): Across => {
  const months = new Map<string, Month>();
  const twice: Breach[] = [];
  const monthOf = (id: string): Month => {
    const month = months.get(id) ?? { counts: [], numbers: new Map() };
    months.set(id, month);
    return month;
  };
  return {
    see: (doc) => {
      const { path, data } = doc;
      const counted = countSchema.safeParse(data).data;
      if (path.startsWith(series.counter) && counted) {
        monthOf(path.slice(series.counter.length)).counts.push(counted.count);
      }
      const found = numberOf(series, doc);
      if (found === undefined) return;
      const { numbers } = monthOf(found.month);
      const other = numbers.get(found.number);
      if (other === undefined) numbers.set(found.number, path);
      // The tickets are read once more for the figures.
      else if (other !== path)
        twice.push({ document: path, field: series.field, problem: `has the number of ${other}` });
    },
    end: () => [...twice, ...[...months].flatMap(([id, month]) => breachesOf(series, id, month))],
  };
};
