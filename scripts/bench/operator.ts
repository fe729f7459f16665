import { beginWork } from '../../functions/src/desks/cgs/incidents/work.ts';
import { clients } from '../../functions/src/desks/cgs/master/collections.ts';
import { inboxItems, ITEM_MS } from '../../functions/src/kernel/notify/inbox.ts';
import { sendSample } from '../../functions/test/http/matrix/case.ts';
import { incidentWorld } from '../../functions/test/desks/cgs/incident-world.ts';
import { masterWorld } from '../../functions/test/desks/cgs/master-world.ts';
import { at } from '../../functions/test/support/client.ts';
import { type Bench, casesOf, unbilled } from './bench-world.ts';
import { type Figure, type Line, median, ms, oneTo, ratio, timed, times } from './line.ts';

const BULK = 100;
const CLIENTS = 300;
const TICKETS = 1_000;
const ITEMS = 1_000;
const SAMPLES = 15;
/** What a trigger may take. */
const WORK_SECONDS = 45;

const must = async (asked: ReturnType<Bench['world']['call']>) => {
  const answer = await asked;
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text.slice(0, 300)}`);
  return answer;
};

const cancel = { remark: 'One cut, many calls.', cancelCategory: 'Duplicate' };

/** Tickets canceled by one command, against as many commands at once. */
const bulk = async ({ world, noc, fill }: Bench): Promise<Figure> => {
  const [together, alone] = [await fill(BULK), await fill(BULK)];
  const one = await timed(async () => {
    const body = { action: 'cancel', tickets: together, body: cancel };
    const answer = await must(world.call('POST', '/v1/tickets/bulk', { as: noc, body }));
    const failed = oneTo(BULK).filter(
      (n) => at(answer.body, 'data', 'result', n - 1, 'status') !== 201,
    );
    if (failed.length > 0) throw new Error(`${failed.length} of ${BULK} were refused`);
  });
  const each = await timed(() =>
    Promise.all(alone.map((id) => world.command(noc, id, 'ticketStatus/cancel', cancel))),
  );
  const what = `${BULK} tickets canceled by one command against one each, at once`;
  return ratio(what, 'times as long', [one, each]);
};

/** Active clients behind one splitter, all without a ticket; resolves to the splitter. */
const connect = async ({ api, db, world }: Bench): Promise<string> => {
  const network = await masterWorld(api, world).network(await world.member('SuperAdmin'));
  const { id: _, ...like } = await world.client();
  const writer = db.bulkWriter({ throttling: false });
  for (const n of oneTo(CLIENTS)) {
    const id = `client-${n}`;
    const splitter = { ...like.splitter, id: network.splitter };
    void writer.set(db.doc(clients.doc(id).path), { ...like, id, cid: `CID ${n}`, splitter });
  }
  await writer.close();
  return network.splitter;
};

/** An incident opens a ticket for each client behind a splitter. */
const incident = async (bench: Bench): Promise<Figure> => {
  const its = incidentWorld(bench.world);
  const id = await its.open(bench.noc);
  const part = { kind: 'Splitter', id: await connect(bench) };
  await must(its.openTickets(bench.noc, id, { part }));
  const took = await timed(() =>
    beginWork.handle(bench.api.runtime, { id, before: undefined, after: { hasWork: true } }),
  );
  const { opening } = await its.get(bench.noc, id);
  if (opening?.opened !== CLIENTS) throw new Error(JSON.stringify(opening));
  return {
    what: `${CLIENTS} tickets opened by an incident, until the last is there`,
    value: took / 1000,
    unit: 'seconds',
    atMost: WORK_SECONDS,
    note: `${Math.round(CLIENTS / (took / 1000))} per second`,
  };
};

const pageTime = async ({ world, noc }: Bench, query: string): Promise<number> =>
  median(
    await times(SAMPLES, () =>
      timed(() => must(world.call('GET', `/v1/tickets?${query}`, { as: noc }))),
    ),
  );

/** A page of a board, with whole tickets, against the page of a list. */
const board = async (bench: Bench): Promise<Figure> => {
  await bench.fill(TICKETS);
  const order = 'limit=50&sort=slaDueAt&isActive=true';
  const list = await pageTime(bench, order);
  const full = await pageTime(bench, `${order}&view=full`);
  return ratio('a page of 50 of a board against that of a list', 'times as long', [full, list]);
};

/** The sample of the figures, with what it is given. */
const figures = async ({ api }: Bench): Promise<Figure> => {
  const each = casesOf(api, unbilled(api)).find(
    ({ endpoint: { path }, desk: { name } }) => name === 'cgs' && path === '/figures',
  );
  if (each === undefined) throw new Error('there are no figures');
  const scene = await each.stage().bring(each.endpoint.sample.given);
  const took = await times(SAMPLES, () =>
    timed(async () => {
      const { status, text } = await sendSample(each, scene);
      if (status !== 200) throw new Error(text);
    }),
  );
  return { what: 'a page of figures', value: median(took), unit: 'ms' };
};

/** Somebody's full inbox: a page of it, and all of it marked as read. */
const inbox = async ({ db, world, foc, api }: Bench): Promise<Figure[]> => {
  const items = inboxItems.of(foc.id);
  const writer = db.bulkWriter({ throttling: false });
  for (const n of oneTo(ITEMS)) {
    const createdAt = new Date(api.runtime.now().getTime() - n * 1000);
    void writer.set(db.doc(items.doc(`item-${n}`).path), {
      desk: 'cgs',
      kind: 'opened',
      subject: { collection: 'tickets', id: `ticket-${n}` },
      values: {},
      title: 'A ticket',
      body: 'It is there.',
      createdAt,
      readAt: null,
      expiresAt: new Date(createdAt.getTime() + ITEM_MS),
    });
  }
  await writer.close();
  const page = await times(SAMPLES, () =>
    timed(() => must(world.call('GET', '/v1/me/inbox', { as: foc }))),
  );
  const marked = await timed(async () => {
    const { text } = await must(world.call('POST', '/v1/me/inbox/read-all', { as: foc }));
    if (!text.includes(`"read":${ITEMS}`)) throw new Error(text);
  });
  const name = `${ITEMS.toLocaleString('en')} notices`;
  return [
    { what: `a page of an inbox with ${name}`, value: median(page), unit: 'ms' },
    { what: `${name} marked as read`, value: marked, unit: 'ms', note: ms(marked / ITEMS) },
  ];
};

/** What an operator and their crews do with many things at once. */
export const operator: Line = {
  name: 'operator',
  run: async (bench) => [
    await bulk(bench),
    await incident(bench),
    await board(bench),
    await figures(bench),
    ...(await inbox(bench)),
  ],
};
