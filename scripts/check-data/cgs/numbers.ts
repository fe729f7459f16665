import { z } from 'zod';
import { collection } from '../../../functions/src/kernel/store/collection.ts';
import { type Across, type Breach, checkOf, type Doc, expectSame, expectThat } from '../check.ts';

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

const countSchema = z.looseObject({ count: z.int() });
const numberSchema = z.looseObject({ ticketId: z.string() });
const TICKET_ID = /^[A-Z]{3}-(\d{4})(\d{2})-(\d+)$/;

interface Month {
  /** The values of its counter, before and after the tickets were read. */
  readonly counts: number[];
  /** The ticket of each number. */
  readonly numbers: Map<number, string>;
}

const between = (first: number, last: number): string =>
  first === last ? String(first) : `${first} to ${last}`;

/** The month and the number in a ticket's `ticketId`. */
const numberOf = ({ path, data }: Doc): { month: string; number: number } | undefined => {
  if (!path.startsWith('tickets/')) return undefined;
  const { ticketId = '' } = numberSchema.safeParse(data).data ?? {};
  const [, year, month, digits] = TICKET_ID.exec(ticketId) ?? [];
  return digits === undefined ? undefined : { month: `${year}-${month}`, number: Number(digits) };
};

const breachesOf = ([id, { counts, numbers }]: [string, Month]): Breach[] => {
  const [first = 0] = counts;
  const last = counts.at(-1) ?? 0;
  const counter = `ticketcount/${id}`;
  const isCounted = numbers.size >= first && numbers.size <= last;
  const problem = `is ${between(first, last)}, but the month has ${numbers.size} tickets`;
  return [
    ...(isCounted ? [] : [{ document: counter, field: 'count', problem }]),
    ...[...numbers]
      .filter(([number]) => number > last || number < 1)
      .map(([number, document]) => ({
        document,
        field: 'ticketId',
        problem: `has the number ${number}, but ${counter} counts to ${last}`,
      })),
  ];
};

/**
 * Each month's tickets have the numbers 1 to its count, each once. The counters are read before
 * and after the tickets: a ticket that is opened in between may be seen or not.
 */
export const numbersAcross = (): Across => {
  const months = new Map<string, Month>();
  const twice: Breach[] = [];
  const monthOf = (id: string): Month => {
    const month = months.get(id) ?? { counts: [], numbers: new Map() };
    months.set(id, month);
    return month;
  };
  return {
    see: (doc) => {
      const { path, id, data } = doc;
      const counted = countSchema.safeParse(data).data;
      if (path.startsWith('ticketcount/') && counted) monthOf(id).counts.push(counted.count);
      const found = numberOf(doc);
      if (found === undefined) return;
      const { numbers } = monthOf(found.month);
      const other = numbers.get(found.number);
      if (other === undefined) numbers.set(found.number, path);
      // The tickets are read once more for the figures.
      else if (other !== path)
        twice.push({ document: path, field: 'ticketId', problem: `has the number of ${other}` });
    },
    end: () => [...twice, ...[...months].flatMap(breachesOf)],
  };
};
