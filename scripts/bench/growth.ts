import { FieldPath } from 'firebase-admin/firestore';
import { z } from 'zod';
import { createStore } from '../../functions/src/kernel/store/store.ts';
import { cgsWorld } from '../../functions/test/desks/cgs/world.ts';
import { startApi } from '../../functions/test/support/harness.ts';
import type { Bench } from './bench-world.ts';
import { type Figure, type Line, median, ms, ratio, timed, times } from './line.ts';

const SMALL = 1_000;
const LARGE = 50_000;
const CLIENTS = [1, 16, 64];
const WINDOW_MS = 2_000;
/** More tickets than are accepted in a window. */
const MOST_ACCEPTS = 700;
/** The emulator needs seconds for a page of the larger store. */
const PATIENCE_MS = 60_000;

/** Requests whose count of documents read must not grow with the store. */
const PAGES = [
  ['a page of 20', '/v1/tickets?limit=20'],
  ['a page of a search', '/v1/tickets?limit=20&q=client&latestStatus=Open'],
  ['the figures of a month', '/v1/stats'],
] as const;
const LIST_PAGE = PAGES[0][1];

/** Sends the next request and returns its status; undefined when there is nothing left to send. */
type SendNext = () => Promise<number> | undefined;

const sendAccepts = async ({ world, foc, fill }: Bench): Promise<SendNext> => {
  const paths = (await fill(MOST_ACCEPTS)).map((id) => `/v1/tickets/${id}/ticketStatus/accept`);
  const accept = async (path: string) => (await world.call('POST', path, { as: foc })).status;
  return () => {
    const path = paths.pop();
    return path === undefined ? undefined : accept(path);
  };
};

const sendLists = async ({ world, noc }: Bench): Promise<SendNext> => {
  return async () => (await world.call('GET', LIST_PAGE, { as: noc })).status;
};

/** Clients that each send the next request as soon as the last one is answered, for a while. */
const rateOf = async (what: string, clients: number, sendNext: SendNext): Promise<Figure> => {
  const statuses: number[] = [];
  const started = performance.now();
  const client = async (): Promise<void> => {
    do {
      const status = await sendNext();
      if (status === undefined) return;
      statuses.push(status);
    } while (performance.now() - started < WINDOW_MS);
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - started) / 1000;
  const refused = statuses.filter((status) => status === 503).length;
  const answered = statuses.filter((status) => status < 300).length;
  const others = statuses.length - answered - refused;
  if (others > 0) throw new Error(`${what}: ${others} unexpected answers of ${statuses.length}`);
  return {
    what,
    value: answered / seconds,
    unit: 'per second',
    ...(refused > 0 && { note: `${refused} got 503, because the emulator took too long` }),
  };
};

/** The rates of one kind of request, one for each number of clients. */
const ratesOf = (
  name: string,
  size: number,
  bench: Bench,
  sender: (bench: Bench) => Promise<SendNext>,
): Promise<Figure[]> =>
  times(CLIENTS.length, async (n) => {
    const clients = CLIENTS[n] ?? 1;
    const what = `${name}, ${clients} at once, ${size.toLocaleString('en')} tickets`;
    return rateOf(what, clients, await sender(bench));
  });

/** The list page's own query, without the API around it. */
const bareQuery = ({ db }: Bench) =>
  db
    .collection('tickets')
    .where('region', '==', 'West')
    .orderBy('createdAt', 'desc')
    .orderBy(FieldPath.documentId(), 'desc')
    .limit(20)
    .get();

/** How long a list page and its bare query take, and how many documents each of PAGES reads. */
const pagesOf = async (bench: Bench, samples: number) => {
  const api = await startApi({ store: createStore(bench.db, PATIENCE_MS) });
  const patient = cgsWorld(api);
  /** Gets one page; returns what it read, as the API's own log bills it. */
  const get = async (path: string): Promise<number> => {
    const { status } = await patient.call('GET', path, { as: bench.noc });
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    return z.object({ reads: z.number() }).parse(api.lines.at(-1)?.fields).reads;
  };
  await get(LIST_PAGE);
  const bare: number[] = [];
  const http: number[] = [];
  for (let n = 0; n < samples; n += 1) {
    bare.push(await timed(() => bareQuery(bench)));
    http.push(await timed(() => get(LIST_PAGE)));
  }
  const reads = await times(PAGES.length, (n) => get(PAGES[n]?.[1] ?? LIST_PAGE));
  await api.stop();
  return { bare: median(bare), http: median(http), reads };
};

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

/** How lists and accepts slow down as the store grows. */
export const growth: Line = {
  name: 'growth',
  run: async (bench) => {
    await bench.fill(SMALL);
    const smallPage = await pagesOf(bench, 15);
    const smallLists = await ratesOf('list page', SMALL, bench, sendLists);
    const smallAccepts = await ratesOf('accept', SMALL, bench, sendAccepts);
    await bench.fill(LARGE - SMALL - 2 * CLIENTS.length * MOST_ACCEPTS);
    const accepts = await ratesOf('accept', LARGE, bench, sendAccepts);
    const page = await pagesOf(bench, 4);
    // Last, because lists that the emulator has not finished slow down the next requests.
    const lists = await ratesOf('list page', LARGE, bench, sendLists);
    const slower = median(smallAccepts.map(({ value }, n) => value / (accepts[n]?.value ?? 0)));
    return [
      ...smallAccepts,
      ...accepts,
      ...smallLists,
      ...lists,
      ...pageFigures(smallPage, page),
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
