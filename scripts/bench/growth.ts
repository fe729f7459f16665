import { FieldPath } from 'firebase-admin/firestore';
import { z } from 'zod';
import { createStore } from '../../functions/src/kernel/store/store.ts';
import { cgsWorld } from '../../functions/test/support/cgs-world.ts';
import { startApi } from '../../functions/test/support/harness.ts';
import type { Bench } from './bench-world.ts';
import { type Figure, type Line, median, ms, ratio, timed, times } from './line.ts';

const SMALL = 1_000;
const LARGE = 50_000;
const CLIENTS = [1, 16, 64];
const WINDOW_MS = 2_000;
const PAGES_SMALL = 15;
const PAGES_LARGE = 4;
/** The emulator takes seconds for a page of the larger store. */
const PATIENCE_MS = 60_000;

/** What is asked for, whose count of documents read must not grow with the store. */
const PAGES = [
  ['a page of 20', '/v1/tickets?limit=20'],
  ['a page of a search', '/v1/tickets?limit=20&q=client&latestStatus=Open'],
  ['the figures of a month', '/v1/stats'],
] as const;

/** Sends one request and returns its status. */
type Request = (bench: Bench) => Promise<number>;

const listPage: Request = async ({ world, noc }) =>
  (await world.call('GET', '/v1/tickets?limit=20', { as: noc })).status;

/** More tickets than are accepted in a window. */
const MOST_ACCEPTS = 700;

/** Each of them accepts another ticket; undefined when all are taken. */
const accepting = async (bench: Bench): Promise<() => Request | undefined> => {
  const ids = (await bench.fill(MOST_ACCEPTS)).values();
  return () => {
    const { value: id } = ids.next();
    if (id === undefined) return undefined;
    return async ({ world, foc }) =>
      (await world.call('POST', `/v1/tickets/${id}/ticketStatus/accept`, { as: foc })).status;
  };
};

interface Rate {
  readonly clients: number;
  readonly perSecond: number;
  readonly refused: number;
}

/** So many clients, each of whom sends the next request as soon as it is answered, until the window is over. */
const rateOf = async (
  bench: Bench,
  next: () => Request | undefined,
  clients: number,
): Promise<Rate> => {
  const statuses: number[] = [];
  const started = performance.now();
  const client = async (): Promise<void> => {
    do {
      const request = next();
      if (request === undefined) return;
      statuses.push(await request(bench));
    } while (performance.now() - started < WINDOW_MS);
  };
  await Promise.all(Array.from({ length: clients }, client));
  const refused = statuses.filter((status) => status === 503).length;
  const answered = statuses.filter((status) => status < 300).length;
  if (answered + refused !== statuses.length) throw new Error(`unexpected statuses: ${statuses.join(', ')}`);
  const perSecond = answered / ((performance.now() - started) / 1000);
  return { clients, perSecond, refused };
};

const acceptRates = (bench: Bench): Promise<Rate[]> =>
  times(CLIENTS.length, async (n) => rateOf(bench, await accepting(bench), CLIENTS[n] ?? 1));

const listRates = (bench: Bench): Promise<Rate[]> =>
  times(CLIENTS.length, (n) => rateOf(bench, () => listPage, CLIENTS[n] ?? 1));

/** The page's own query, without the API around it. */
const bareQuery = async ({ db }: Bench): Promise<void> => {
  await db
    .collection('tickets')
    .where('region', '==', 'West')
    .orderBy('createdAt', 'desc')
    .orderBy(FieldPath.documentId(), 'desc')
    .limit(20)
    .get();
};

/** What a list page takes, what of that its query takes, and what each of PAGES reads. */
const pagesOf = async (bench: Bench, count: number) => {
  const api = await startApi({ store: createStore(bench.db, PATIENCE_MS) });
  const patient = cgsWorld(api);
  /** Gets one page; returns what it read, as the API's own log bills it. */
  const get = async (path: string): Promise<number> => {
    const { status } = await patient.call('GET', path, { as: bench.noc });
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    return z.object({ reads: z.number() }).parse(api.lines.at(-1)?.fields).reads;
  };
  const page = () => get(PAGES[0][1]);
  await page();
  const samples = await times(count, async () => ({
    bare: await timed(() => bareQuery(bench)),
    http: await timed(page),
  }));
  const reads = await times(PAGES.length, (n) => get(PAGES[n]?.[1] ?? ''));
  await api.stop();
  const http = median(samples.map((each) => each.http));
  const bare = median(samples.map((each) => each.bare));
  return { http, bare, reads };
};

const fillUpTo = async ({ db, fill }: Bench, size: number): Promise<void> => {
  const { count } = (await db.collection('tickets').count().get()).data();
  if (count < size) await fill(size - count);
};

const measureSmall = async (bench: Bench) => {
  await fillUpTo(bench, SMALL);
  const page = await pagesOf(bench, PAGES_SMALL);
  const lists = await listRates(bench);
  return { page, lists, accepts: await acceptRates(bench) };
};

/** Lists come last: those that the emulator has not finished slow down whatever comes next. */
const measureLarge = async (bench: Bench) => {
  await fillUpTo(bench, LARGE - CLIENTS.length * MOST_ACCEPTS);
  const accepts = await acceptRates(bench);
  const page = await pagesOf(bench, PAGES_LARGE);
  return { accepts, page, lists: await listRates(bench) };
};

const rateFigures = (name: string, size: number, rates: readonly Rate[]): Figure[] =>
  rates.map(({ clients, perSecond, refused }) => ({
    what: `${name}, ${clients} at once, ${size.toLocaleString('en')} tickets`,
    value: perSecond,
    unit: 'per second',
    ...(refused > 0 && { note: `${refused} got 503, because the emulator took too long` }),
  }));

type PageCost = Awaited<ReturnType<typeof pagesOf>>;

const pageFigures = (small: PageCost, large: PageCost): Figure[] => {
  const compared = 'in the larger store against the smaller';
  const page = 'list page through HTTP against its bare query';
  return [
    ...PAGES.map(([name], n) =>
      ratio(
        `documents read for ${name}, ${compared}`,
        'times as many',
        [large.reads[n] ?? Number.NaN, small.reads[n] ?? Number.NaN],
        { atMost: 1.3 },
        String,
      ),
    ),
    ratio(`${page}, in the smaller store`, 'times as long', [small.http, small.bare]),
    ratio(`${page}, in the larger store`, 'times as long', [large.http, large.bare]),
    ratio(`list page as a whole, ${compared}`, 'times as long', [large.http, small.http], {
      atMost: 1.3,
      note:
        `${ms(large.http)} against ${ms(small.http)}: the emulator has no indexes and looks at ` +
        'every document, Firestore only at those of the page',
    }),
  ];
};

/** How lists and accepts go on as the store grows. */
export const growth: Line = {
  name: 'growth',
  run: async (bench) => {
    const small = await measureSmall(bench);
    const large = await measureLarge(bench);
    const slower = median(
      small.accepts.map(({ perSecond }, n) => perSecond / (large.accepts[n]?.perSecond ?? 0)),
    );
    return [
      ...rateFigures('accept', SMALL, small.accepts),
      ...rateFigures('accept', LARGE, large.accepts),
      ...rateFigures('list page', SMALL, small.lists),
      ...rateFigures('list page', LARGE, large.lists),
      ...pageFigures(small.page, large.page),
      {
        what: 'accept, in the smaller store against the larger',
        value: slower,
        unit: 'times as many per second',
        atMost: 1.3,
        note: `median over ${CLIENTS.join(', ')} clients at once`,
      },
    ];
  },
};
