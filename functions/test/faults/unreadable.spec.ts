import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { desks } from '../../src/api.ts';
import { shares } from '../../src/desks/cgs/figures/collections.ts';
import { followTickets } from '../../src/desks/cgs/figures/follow-tickets.ts';
import { KERNEL_SWEEPS, KERNEL_TRIGGERS } from '../../src/kernel/background.ts';
import { sweepCopies } from '../../src/kernel/store/copy-runs.ts';
import type { Fields, Write } from '../../src/kernel/store/document.ts';
import { CGS_FOLLOWERS } from '../../src/desks/cgs/copies/followers.ts';
import { clients } from '../../src/desks/cgs/master/collections.ts';
import { tickets } from '../../src/desks/cgs/tickets/collection.ts';
import { cgsWorld } from '../desks/cgs/world.ts';
import { at } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { ownProject, ownRuntime } from '../support/own-store.ts';
import { leavesUnsoundProject } from '../support/written-data.ts';

const SECRET = 'a secret of somebody';
const BROKEN: Fields = { name: { secret: SECRET }, access: SECRET, dueAt: SECRET };

/** They go by single fields, and leave it to others who read the document to report it. */
const NO_READERS: readonly string[] = ['cgsIncidentTickets', 'inboxOwners'];

describe('a document that can not be read', function () {
  this.timeout(60_000);
  let api: TestApi;

  // A store of its own: what is broken here is not what other specs left.
  before(async () => {
    const project = leavesUnsoundProject(ownProject());
    api = await startApi({ store: ownRuntime({}, project).runtime.store });
  });
  after(() => api.stop());

  const write = (...writes: readonly Write[]) => api.runtime.store.commit(writes);
  const broken = (path: string): Write => ({ op: 'create', path, data: BROKEN });

  /** The errors in the log since a moment: what they say, without their stacks. */
  const errorsSince = (first: number) => api.lines.slice(first).filter(isError);
  const isError = ({ severity }: { readonly severity: string }) => severity === 'ERROR';

  /** Expects one error, which names the document and nothing of what it contains. */
  const expectReport = (since: number, path: string): void => {
    const errors = errorsSince(since);
    expect(errors.map(({ fields }) => at(fields, 'document'))).to.deep.equal([path]);
    expect(JSON.stringify(errors)).not.to.include(SECRET);
  };

  const followers = [...KERNEL_TRIGGERS, ...desks.flatMap(({ triggers }) => triggers)];
  const readers = followers.filter(({ name }) => !NO_READERS.includes(name));
  for (const { name, document, handle } of readers) {
    it(`is reported by the trigger ${name}, whose event is done with`, async () => {
      const id = randomUUID();
      const path = document.replace('{id}', id);
      await write(broken(path));
      const since = api.lines.length;
      // By these an incident is worked on, and the copies of a photo are made.
      const after = { ...BROKEN, hasWork: true, state: 'processing' };
      await handle(api.runtime, { id, before: undefined, after });
      expectReport(since, path);
    });
  }

  const openTicket = async () => {
    const world = cgsWorld(api);
    const client = await world.client();
    const id = await world.open(await world.member('NOC'), { client: client.id });
    return { id, client };
  };

  it('is reported when it is a ticket’s share, and the ticket’s event is done with', async () => {
    const { id } = await openTicket();
    const { path } = shares.doc(id);
    await write(broken(path));
    const since = api.lines.length;
    await followTickets.handle(api.runtime, { id, before: undefined, after: undefined });
    expectReport(since, path);
  });

  it('does not keep a source’s change from its copies when it is the plan to copy again', async () => {
    const { id, client } = await openTicket();
    const path = `copyRuns/cgsClients-${client.id}`;
    await write(broken(path));
    const key = clients.doc(client.id);
    const seen = await api.runtime.store.get(key);
    if (seen === undefined) throw new Error('the client is there');
    await write(clients.update(seen, { name: 'Kedai Baru' }));
    const since = api.lines.length;
    const follower = CGS_FOLLOWERS.find(({ name }) => name === 'cgsClients');
    const after = { ...client, name: 'Kedai Baru' };
    await follower?.handle(api.runtime, { id: client.id, before: client, after });
    expectReport(since, path);
    const ticket = tickets.doc(id);
    expect((await api.runtime.store.get(ticket))?.data.client.name).to.equal('Kedai Baru');
  });

  it('is reported once by the clock when it is to be copied again', async () => {
    const source = randomUUID();
    const run = { trigger: 'cgsAreas', source, past: [], dueAt: new Date(0) };
    const data = { ...run, changeIds: [] };
    await write(broken(`areas/${source}`), {
      op: 'create',
      path: `copyRuns/cgsAreas-${source}`,
      data,
    });
    const since = api.lines.length;
    const until = new Date(Date.now() + 60_000);
    const sweep = sweepCopies(CGS_FOLLOWERS);
    const report = await sweep(api.runtime, until);
    expect(report).to.include({ changed: 1, failed: 0, finished: true });
    expectReport(since, `areas/${source}`);
    expect(await sweep(api.runtime, until)).to.include({ changed: 0, failed: 0 });
  });

  it('is reported by the sweep that finds it, which goes on to its end', async () => {
    const due = new Date(0);
    const found: Readonly<Record<string, Fields>> = {
      'tickets/due': { nextTimerAt: due },
      'copyRuns/due': { trigger: 'cgsPops', dueAt: due },
      'copyRuns/isp': { trigger: 'ispSubscribers', dueAt: due },
      'copyRuns/urban': { trigger: 'urbanPeople', dueAt: due },
      'archive/pops-due': { collection: 'pops', dueAt: due },
      'archive/companies-due': { collection: 'companies', dueAt: due },
      'archive/subscribers-due': { collection: 'ispSubscribers', dueAt: due },
      'incidents/due': { hasWork: true },
      'media/due': { dueAt: due },
    };
    await write(
      ...Object.entries(found).map(([path, fields]): Write => {
        const data = { ...BROKEN, ...fields };
        return { op: 'create', path, data };
      }),
    );
    const since = api.lines.length;
    for (const sweep of [...desks.flatMap(({ sweeps }) => sweeps), ...KERNEL_SWEEPS]) {
      const report = await sweep(api.runtime, new Date(Date.now() + 60_000));
      expect(report).to.include({ finished: true });
    }
    const errors = errorsSince(since);
    const named = errors.map(({ fields }) => at(fields, 'document'));
    expect(named).to.have.members(Object.keys(found));
    expect(JSON.stringify(errors)).not.to.include(SECRET);
  });
});
