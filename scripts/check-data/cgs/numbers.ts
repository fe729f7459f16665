import { z } from 'zod';
import { collection } from '../../../functions/src/kernel/store/collection.ts';
import { type Across, type Breach, checkOf, expectSame, expectThat } from '../check.ts';

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
    ...expectThat(/^\d{4}-(0[1-9]|1[0-2])$/.test(id), '*', 'its id is no month'),
    ...expectSame('year', year, Number(id.slice(0, 4))),
    ...expectSame('month', month, MONTHS[Number(id.slice(5)) - 1]),
  ],
});

const countSchema = z.looseObject({ count: z.int() });
const numberSchema = z.looseObject({ ticketId: z.string() });
const TICKET_ID = /^[A-Z]{3}-(\d{4})(\d{2})-(\d+)$/;

interface Month {
  /** What its counter said before and after the tickets were seen. */
  readonly counts: number[];
  /** The ticket of each number. */
  readonly numbers: Map<number, string>;
}

const between = (first: number, last: number): string =>
  first === last ? String(first) : `${first} to ${last}`;

/**
 * Each month's tickets have the numbers 1 to its count, each once. The counters are seen before
 * and after the tickets: those that are opened meanwhile may be seen or not.
 */
export const numbersAcross = (): Across => {
  const months = new Map<string, Month>();
  const twice: Breach[] = [];
  const monthOf = (id: string): Month => {
    const month = months.get(id) ?? { counts: [], numbers: new Map() };
    months.set(id, month);
    return month;
  };
  const endOf = ([id, { counts, numbers }]: [string, Month]): Breach[] => {
    const [first = 0] = counts;
    const last = counts.at(-1) ?? 0;
    const document = `ticketcount/${id}`;
    const above = [...numbers].filter(([number]) => number > last || number < 1);
    const isCounted = numbers.size >= first && numbers.size <= last;
    const problem = `is ${between(first, last)}, but the month has ${numbers.size} tickets`;
    return [
      ...(isCounted ? [] : [{ document, field: 'count', problem }]),
      ...above.map(([number, path]) => ({
        document: path,
        field: 'ticketId',
        problem: `has the number ${number}, but ${document} counts to ${last}`,
      })),
    ];
  };
  return {
    see: ({ path, id, data }) => {
      const counted = countSchema.safeParse(data).data;
      if (path.startsWith('ticketcount/') && counted) monthOf(id).counts.push(counted.count);
      const [, year, month, digits] =
        TICKET_ID.exec(
          (path.startsWith('tickets/') && numberSchema.safeParse(data).data?.ticketId) || '',
        ) ?? [];
      if (digits === undefined) return;
      const { numbers } = monthOf(`${year}-${month}`);
      const other = numbers.get(Number(digits));
      if (other === undefined) numbers.set(Number(digits), path);
      else twice.push({ document: path, field: 'ticketId', problem: `has the number of ${other}` });
    },
    end: () => [...twice, ...[...months].flatMap(endOf)],
  };
};
