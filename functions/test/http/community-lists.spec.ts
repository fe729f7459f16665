import { expect } from 'chai';
import { guardCell } from '../../src/kernel/csv.ts';
import { withNames } from '../../src/desks/community/tickets/shown-names.ts';
import { at, listAt } from '../support/client.ts';
import { csvRows } from '../support/csv.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { createClock, ownRuntime } from '../support/own-store.ts';
import { type CommunityWorld, communityWorld, type Member } from '../desks/community/world.ts';

describe('the lists of the community desk', () => {
  const clock = createClock(new Date());
  let api: TestApi;
  let world: CommunityWorld;
  let resident: Member;
  let neighbour: Member;
  let stranger: Member;
  let admin: Member;
  let system: Member;

  beforeEach(async () => {
    clock.set(new Date());
    api = await startApi({ store: ownRuntime().runtime.store, now: clock.now });
    world = communityWorld(api);
    await world.fill();
    [resident, neighbour, stranger, admin, system] = await Promise.all([
      world.member('RESIDENT', {}, 'Ana Torres'),
      world.member('RESIDENT', { residentId: 2 }, 'Luis Medina'),
      world.member('RESIDENT', { companyId: 2, communityId: 2, residentId: 3 }, 'Carla Rojas'),
      world.member('ADMIN_COMPANY', {}, 'Jorge Salas'),
      world.member('SYSTEM_ADMIN', {}, 'Elena Prado'),
    ]);
  });
  afterEach(() => api.stop());

  const get = async (as: Member, path: string) => {
    const answer = await world.call('GET', path, { as });
    expect(answer.status, answer.text).to.equal(200);
    return answer;
  };
  const rowsOf = async (as: Member, path: string) => {
    const { body } = await get(as, path);
    return listAt({ body }, 'body');
  };
  const idsOf = async (as: Member, path: string) =>
    (await rowsOf(as, path)).map((row) => at(row, 'id'));
  const put = async (as: Member, id: number, body: object) => {
    const answer = await world.call('PUT', `/tickets/${id}`, { as, body });
    expect(answer.status, answer.text).to.equal(200);
  };

  it('find tickets by their number and by words of their text, in every list', async () => {
    const leak = await world.open(resident, { contenido: 'Gotea la cañería del baño.' });
    const other = await world.open(resident, { contenido: 'Luz quemada en el baño' });
    for (const [q, ids] of [
      ['cañer', [leak]],
      ['caneria bano', [leak]],
      ['GOTEA', [leak]],
      ['baño', [other, leak]],
      ['luz baño', [other]],
      ['luz gotea', []],
      // The newer one has only the longer word; the page is full all the same.
      ['baño del', [leak]],
    ] as const) {
      const query = `q=${encodeURIComponent(q)}&limit=${Math.max(1, ids.length)}`;
      for (const [as, path] of [
        [admin, '/tickets'],
        [admin, '/tickets/community/1'],
        [resident, '/tickets/my'],
      ] as const) {
        expect(await idsOf(as, `${path}?${query}`), `${path} ${q}`).to.deep.equal(ids);
      }
      expect(await idsOf(stranger, `/tickets/my?${query}`)).to.deep.equal([]);
    }
    await put(resident, leak, { contenido: 'Ya no.' });
    expect(await idsOf(admin, '/tickets?q=gotea')).to.deep.equal([]);
  });

  it('filter by place, person and period, within the reader’s reach', async () => {
    clock.forward(60 * 24);
    [admin, system, neighbour] = await Promise.all([
      world.member('ADMIN_COMPANY'),
      world.member('SYSTEM_ADMIN'),
      world.member('RESIDENT', { residentId: 2 }),
    ]);
    const day = clock.now().toISOString().slice(0, 10);
    const id = await world.open(neighbour);
    expect(await idsOf(admin, `/tickets?from=${day}`)).to.deep.equal([id]);
    expect(await idsOf(admin, `/tickets?from=${day}&residentId=2&communityId=1`)).to.deep.equal([
      id,
    ]);
    expect(await idsOf(admin, `/tickets?from=${day}&residentId=1`)).to.deep.equal([]);
    const before = await idsOf(admin, `/tickets?to=${clock.now().toISOString()}`);
    expect(before).to.include(id);
    expect(await idsOf(admin, '/tickets?companyId=2')).to.deep.equal([]);
    expect(await idsOf(admin, '/tickets?residentId=3')).to.deep.equal([]);
    expect(await idsOf(system, '/tickets?companyId=2')).to.deep.equal([3]);
    expect(await idsOf(admin, '/tickets/community/1?communityId=2')).to.deep.equal([]);
  });

  it('show the names beside the numbers as they are now, and the count of comments', async () => {
    const id = await world.open(resident);
    await world.comment(neighbour, id);
    const said = await world.comment(resident, id);
    const [row] = await rowsOf(admin, '/tickets?limit=1');
    expect(row).to.deep.equal((await get(admin, `/tickets/${id}`)).body);
    expect(row).to.include({ commentCount: 2, residentName: 'Ana Torres' });
    await world.call('DELETE', `/comentarios/${said}`, { as: resident });
    const names = {
      categoriaTicketDescripcion: 'Lugares',
      statusDescripcion: 'Abierto',
      companyName: 'Gestora',
      communityName: 'Torre',
      residentName: 'Ana T.',
    };
    for (const [path, body] of [
      ['/categoriaticket/1', { descripcion: names.categoriaTicketDescripcion }],
      ['/statusticket/1', { descripcion: names.statusDescripcion }],
      ['/companies/1', { name: names.companyName }],
      ['/communities/1', { name: names.communityName }],
      ['/residents/1', { name: names.residentName }],
    ] as const) {
      expect((await world.call('PUT', path, { as: system, body })).status).to.equal(200);
    }
    const { body } = await get(admin, `/tickets/${id}`);
    expect(body).to.include({ commentCount: 1, ...names });
  });

  it('tell neighbours no name of a resident, but everybody their own', async () => {
    const id = await world.open(resident);
    for (const [as, residentName] of [
      [resident, 'Ana Torres'],
      [neighbour, null],
      [admin, 'Ana Torres'],
      [system, 'Ana Torres'],
    ] as const) {
      const { body } = await get(as, `/tickets/${id}`);
      expect(body).to.include({ residentName, communityName: 'Residencial Los Álamos' });
    }
  });

  it('read each name once, however many tickets have it', async () => {
    const ids = [
      await world.open(resident),
      await world.open(resident),
      await world.open(resident),
    ];
    const found = await Promise.all(ids.map(world.ticket));
    const store = api.runtime.store.metered();
    const nobody = { companyId: null, communityId: null, residentId: null };
    const reader = { uid: 'system', name: 'System', role: 'SYSTEM_ADMIN', ...nobody } as const;
    const shown = await withNames(
      store,
      reader,
      found.filter((ticket) => ticket !== undefined),
    );
    expect(shown.map(({ residentName }) => residentName)).to.deep.equal(
      ids.map(() => 'Ana Torres'),
    );
    expect(store.meter.reads).to.equal(5);
  });

  it('export what an administrator lists, with the same filters and names', async () => {
    const id = await world.open(resident, {
      contenido: 'Portón roto',
      imageUrls: ['a.jpg', 'b.jpg'],
    });
    await world.comment(resident, id);
    const lines = async (as: Member, query = '') =>
      (await get(as, `/tickets/export?${query}`)).text.trimEnd().split('\n');
    const [header, ...rows] = await lines(admin);
    expect(header).to.equal(
      'id,fechaReporte,statusId,statusDescripcion,categoriaTicketId,categoriaTicketDescripcion,companyId,companyName,communityId,communityName,residentId,residentName,contenido,imageUrls,commentCount,updatedAt',
    );
    const now = clock.now().toISOString();
    const words = '1,Administradora Andes,1,Residencial Los Álamos,1,Ana Torres';
    expect(rows[0]).to.equal(
      `${id},${now},1,Nuevo,1,Áreas comunes,${words},Portón roto,a.jpg b.jpg,1,${now}`,
    );
    expect(rows).to.have.length((await idsOf(admin, '/tickets')).length);
    expect(await lines(admin, 'q=port%C3%B3n')).to.deep.equal([header, rows[0]]);
    expect(await lines(admin, 'companyId=2')).to.deep.equal([header]);
    expect(await lines(system, 'companyId=2')).to.have.length(2);
    expect((await world.call('GET', '/tickets/export', { as: resident })).status).to.equal(403);
  });

  it('list, count and export the same tickets by each filter', async () => {
    clock.forward(60 * 24);
    [admin, neighbour] = await Promise.all([
      world.member('ADMIN_COMPANY'),
      world.member('RESIDENT', { residentId: 2 }),
    ]);
    const day = clock.now().toISOString().slice(0, 10);
    const wet = await world.open(neighbour, { contenido: 'Agua que gotea', categoriaTicketId: 2 });
    const dark = await world.open(neighbour, { contenido: '=Luz, "agua" y\nmás' });
    await put(admin, dark, { statusId: 4 });
    const from = `from=${day}`;
    for (const [query, ids] of [
      [from, [dark, wet]],
      [`${from}&statusId=4`, [dark]],
      [`${from}&statusId=1`, [wet]],
      [`${from}&categoriaTicketId=2`, [wet]],
      [`${from}&companyId=1`, [dark, wet]],
      [`${from}&companyId=2`, []],
      [`${from}&communityId=1`, [dark, wet]],
      [`${from}&communityId=2`, []],
      [`${from}&residentId=2`, [dark, wet]],
      [`${from}&residentId=1`, []],
      [`${from}&q=gotea`, [wet]],
      [`${from}&to=${day}`, [dark, wet]],
      [`to=2020-01-01`, []],
    ] as const) {
      const answer = await get(admin, `/tickets?${query}&count=true`);
      const listed = listAt(answer, 'body').map((row) => at(row, 'id'));
      expect(listed, query).to.have.members([...ids]);
      expect(answer.headers.get('X-Total-Count'), query).to.equal(String(ids.length));
      const rows = csvRows((await get(admin, `/tickets/export?${query}`)).text);
      expect(rows.map((row) => Number(row['id']))).to.deep.equal(listed);
      for (const { id, contenido } of rows) {
        expect(contenido).to.equal(guardCell((await world.ticket(Number(id)))?.contenido ?? ''));
      }
    }
    const { text } = await get(admin, `/tickets/export?${from}&q=agua%20go`);
    expect(csvRows(text).map(({ id }) => Number(id))).to.deep.equal([wet]);
  });

  it('show who moved a ticket, from what to what and when, in pages', async () => {
    const id = await world.open(resident);
    clock.forward(5);
    await put(admin, id, { statusId: 4 });
    await put(admin, id, { statusId: 4, contenido: 'Igual.' });
    clock.forward(5);
    await put(admin, id, { statusId: 6 });
    const all = await rowsOf(neighbour, `/tickets/${id}/history`);
    const change = (from: [number, string] | null, to: [number, string], authorName: string) => ({
      fromStatusId: from?.[0] ?? null,
      fromStatusDescripcion: from?.[1] ?? null,
      toStatusId: to[0],
      toStatusDescripcion: to[1],
      authorName,
    });
    expect(all.map((row) => ({ ...Object(row), createdAt: undefined }))).to.deep.equal(
      [
        change(null, [1, 'Nuevo'], 'Ana Torres'),
        change([1, 'Nuevo'], [4, 'En proceso'], 'Jorge Salas'),
        change([4, 'En proceso'], [6, 'Resuelto'], 'Jorge Salas'),
      ].map((row) => ({ ...row, createdAt: undefined })),
    );
    expect(at(all[2], 'createdAt')).to.equal(clock.now().toISOString());
    const first = await get(resident, `/tickets/${id}/history?limit=2&count=true`);
    expect(first.headers.get('X-Total-Count')).to.equal('3');
    const cursor = first.headers.get('X-Next-Cursor');
    expect(await rowsOf(resident, `/tickets/${id}/history?cursor=${cursor}`)).to.deep.equal([
      all[2],
    ]);
    const hidden = await world.call('GET', `/tickets/${id}/history`, { as: stranger });
    expect(hidden.status).to.equal(404);
  });

  it('find companies, communities and residents by words of their names', async () => {
    const home = await world.create(admin, '/communities', { companyId: 1, name: 'Torre Sur' });
    const person = await world.create(admin, '/residents', { communityId: home, name: 'Eva Sol' });
    expect(await idsOf(admin, '/communities?q=sur')).to.deep.equal([home]);
    await world.create(admin, '/residents', { communityId: home, name: 'Eva Solís' });
    const last = await world.create(admin, '/residents', { communityId: home, name: 'Ada Solís' });
    expect(await idsOf(admin, '/residents?q=sol%20ev&limit=1')).to.deep.equal([person]);
    expect(await idsOf(admin, '/residents?q=sol%20ad&limit=1')).to.deep.equal([last]);
    expect(await idsOf(admin, '/residents?q=sol&communityId=1')).to.deep.equal([]);
    expect(await idsOf(system, '/companies?q=andes')).to.deep.equal([1]);
  });
});
