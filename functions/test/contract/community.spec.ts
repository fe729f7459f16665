import { expect } from 'chai';
import { CATEGORIES, STATUSES } from '../../src/desks/community/domain/vocabulary.ts';
import { changePerson, personWith } from '../desks/person.ts';
import { at, listAt, type Sending } from '../support/client.ts';
import { type CommunityWorld, communityWorld, type Member } from '../desks/community/world.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { createClock, ownRuntime } from '../support/own-store.ts';

/** Bodies in the letter case in which the contract names their fields. */
const CREATE = { CategoriaTicketId: 3, Contenido: 'No enciende la luz del pasillo.' };
const COMMENT = { origen: 'ticket', comentarioTexto: 'Enviamos a un técnico.' };
const FIELDS = [
  'id',
  'categoriaTicketId',
  'statusId',
  'fechaReporte',
  'contenido',
  'imageUrls',
  'communityId',
  'residentId',
  // Ours.
  'commentCount',
  'createdAt',
  'updatedAt',
];
/** What a GET adds. */
const NAMES = {
  companyId: 1,
  categoriaTicketDescripcion: 'Mantenimiento',
  statusDescripcion: 'Nuevo',
  companyName: 'Administradora Andes',
  communityName: 'Residencial Los Álamos',
  residentName: 'Ana Torres',
};

describe('the community contract', () => {
  const clock = createClock(new Date());
  let api: TestApi;
  let world: CommunityWorld;
  let resident: Member;
  let neighbour: Member;
  let stranger: Member;
  let admin: Member;
  let otherAdmin: Member;
  let system: Member;

  beforeEach(async () => {
    clock.set(new Date());
    api = await startApi({ store: ownRuntime().runtime.store, now: clock.now });
    world = communityWorld(api);
    await world.fill();
    [resident, neighbour, stranger, admin, otherAdmin, system] = await Promise.all([
      world.member('RESIDENT', {}, 'Ana Torres'),
      world.member('RESIDENT', { residentId: 2 }, 'Luis Medina'),
      world.member('RESIDENT', { companyId: 2, communityId: 2, residentId: 3 }, 'Carla Rojas'),
      world.member('ADMIN_COMPANY', {}, 'Jorge Salas'),
      world.member('ADMIN_COMPANY', { companyId: 2 }, 'Otra'),
      world.member('SYSTEM_ADMIN', {}, 'Elena Prado'),
    ]);
  });
  afterEach(() => api.stop());

  const call = (as: Member, method: string, path: string, body?: unknown) => {
    const sending: Sending = body === undefined ? { as } : { as, body };
    return world.call(method, path, sending);
  };
  const idsIn = (body: unknown) => listAt({ body }, 'body').map((row) => at(row, 'id'));
  const listed = async (as: Member, path: string) => {
    const answer = await call(as, 'GET', path);
    expect(answer.status, answer.text).to.equal(200);
    return idsIn(answer.body);
  };

  it('Resident Creating a Ticket: categories, POST, and it is among their own', async () => {
    const categories = await call(resident, 'GET', '/categoriaticket');
    expect(listAt(categories, 'body').map((row) => at(row, 'descripcion'))).to.include.members([
      'Áreas comunes',
      'Mantenimiento',
    ]);
    const created = await call(resident, 'POST', '/tickets', CREATE);
    expect(created.status, created.text).to.equal(201);
    const now = clock.now().toISOString();
    expect(created.body).to.deep.equal({
      id: 7,
      categoriaTicketId: 3,
      statusId: 1,
      fechaReporte: now,
      contenido: CREATE.Contenido,
      imageUrls: [],
      communityId: 1,
      residentId: 1,
      commentCount: 0,
      createdAt: now,
      updatedAt: now,
    });
    expect(Object.keys(Object(created.body)).toSorted()).to.deep.equal(FIELDS.toSorted());
    const { body: read } = await call(resident, 'GET', '/tickets/7');
    expect(read).to.deep.equal({ ...Object(created.body), ...NAMES });
    expect(await listed(resident, '/tickets/my')).to.deep.equal([7, 6, 5, 1]);
  });

  it('accepts field names in any letter case', async () => {
    for (const body of [
      { categoriaticketid: 1, contenido: 'a', imageurls: ['uploads/a.jpg'] },
      { CATEGORIATICKETID: 1, CONTENIDO: 'a', IMAGEURLS: ['uploads/a.jpg'] },
      { categoriaTicketId: 1, Contenido: 'a', ImageUrls: ['uploads/a.jpg'] },
    ]) {
      const { status, body: made } = await call(resident, 'POST', '/tickets', body);
      expect(status).to.equal(201);
      expect(made).to.deep.include({ contenido: 'a', imageUrls: ['uploads/a.jpg'] });
    }
    const put = await call(admin, 'PUT', '/tickets/7', { StatusId: 2 });
    expect(at(put.body, 'statusId')).to.equal(2);
  });

  it('Administrator Managing Tickets: all, by community, status, comment, resolved', async () => {
    expect(await listed(admin, '/tickets')).to.deep.equal([6, 5, 4, 2, 1]);
    expect(await listed(system, '/tickets')).to.deep.equal([6, 5, 4, 3, 2, 1]);
    expect(await listed(admin, '/tickets/community/1')).to.deep.equal([6, 5, 4, 2, 1]);
    expect(await listed(system, '/tickets/community/2')).to.deep.equal([3]);
    expect(await listed(system, '/tickets?statusId=6')).to.deep.equal([1]);
    expect(await listed(admin, '/tickets?categoriaTicketId=3&statusId=4')).to.deep.equal([4]);
    for (const { id } of STATUSES) {
      const put = await call(admin, 'PUT', '/tickets/6', { StatusId: id });
      expect(put.status).to.equal(200);
      expect(at(put.body, 'statusId')).to.equal(id);
    }
  });

  it('Adding Comments: on a ticket, replies by idComment, oldest first', async () => {
    const posted = await call(admin, 'POST', '/comentarios', { ...COMMENT, idOrigen: '6' });
    expect(posted.status, posted.text).to.equal(201);
    const id = Number(at(posted.body, 'id'));
    expect(posted.body).to.deep.include({
      origen: 'ticket',
      idOrigen: '6',
      idComment: null,
      comentarioTexto: COMMENT.comentarioTexto,
      imageUrls: [],
      residentId: null,
      authorName: 'Jorge Salas',
    });
    const reply = { ...COMMENT, idOrigen: '6', idComment: id, comentarioTexto: 'Gracias.' };
    const replied = await call(resident, 'POST', '/comentarios', reply);
    expect(replied.body).to.include({ idComment: id, residentId: 1, authorName: 'Ana Torres' });
    const path = '/comentarios/origen/ticket/6';
    expect(await listed(neighbour, path)).to.deep.equal([id, id + 1]);
    expect((await call(stranger, 'GET', path)).status).to.equal(404);
    const wrong = await call(resident, 'POST', '/comentarios', { ...reply, idOrigen: '5' });
    expect(wrong.status).to.equal(400);
    expect(Object.keys(Object(at(wrong.body, 'errors')))).to.deep.equal(['idComment']);
  });

  it('a comment is changed and deleted by its author or an admin, but not while it has replies', async () => {
    const id = await world.comment(resident, 6);
    const reply = await world.comment(neighbour, 6, { idComment: id });
    const path = `/comentarios/${id}`;
    const put = await call(resident, 'PUT', path, { ComentarioTexto: 'Corregido.' });
    expect(put.status).to.equal(200);
    expect(at(put.body, 'comentarioTexto')).to.equal('Corregido.');
    const same = await call(resident, 'PUT', path, put.body);
    expect(same.status, same.text).to.equal(200);
    const moved = await call(resident, 'PUT', path, { ...Object(put.body), IdOrigen: '5' });
    expect(moved.status).to.equal(400);
    expect(Object.keys(Object(at(moved.body, 'errors')))).to.deep.equal(['idOrigen']);
    expect((await call(neighbour, 'PUT', path, { comentarioTexto: 'x' })).status).to.equal(403);
    expect((await call(stranger, 'DELETE', path)).status).to.equal(404);
    expect((await call(resident, 'DELETE', path)).status).to.equal(409);
    expect((await call(admin, 'DELETE', `/comentarios/${reply}`)).status).to.equal(200);
    const deleted = await call(resident, 'DELETE', path);
    expect(deleted.body).to.deep.include({ id, comentarioTexto: 'Corregido.' });
    expect((await world.ticket(6))?.commentCount).to.equal(0);
  });

  it('comments of other origins are for the company’s people', async () => {
    const post = { origen: 'post', idOrigen: 'p-1', comentarioTexto: 'Bonito.' };
    const id = await world.create(resident, '/comentarios', post);
    const path = '/comentarios/origen/post/p-1';
    for (const as of [neighbour, admin, system]) {
      expect(await listed(as, path)).to.deep.equal([id]);
    }
    for (const as of [stranger, otherAdmin]) expect(await listed(as, path)).to.deep.equal([]);
    expect((await call(otherAdmin, 'PUT', `/comentarios/${id}`, {})).status).to.equal(404);
    const unsaid = await call(system, 'POST', '/comentarios', post);
    expect(Object.keys(Object(at(unsaid.body, 'errors')))).to.deep.equal(['companyId']);
    await world.create(system, '/comentarios', { ...post, companyId: 2 });
    await world.create(system, '/comentarios', { ...post, idComment: id });
    expect(await listed(stranger, path)).to.have.length(1);
    expect(await listed(system, path)).to.have.length(3);
  });

  it('Admin Creating Ticket on Behalf: a resident, a community’s first resident, or 400', async () => {
    for (const as of [admin, system]) {
      const named = await call(as, 'POST', '/tickets', { ...CREATE, ResidentId: 2 });
      expect(named.body).to.include({ residentId: 2, communityId: 1 });
      const first = await call(as, 'POST', '/tickets', { ...CREATE, CommunityId: 1 });
      expect(first.body).to.include({ residentId: 1, communityId: 1 });
      const neither = await call(as, 'POST', '/tickets', CREATE);
      expect(neither.status).to.equal(400);
      expect(Object.keys(Object(at(neither.body, 'errors')))).to.deep.equal(['residentId']);
    }
    for (const more of [{ residentId: 3 }, { communityId: 2 }, { residentId: 99 }]) {
      const refused = await call(admin, 'POST', '/tickets', { ...CREATE, ...more });
      expect(refused.status).to.equal(400);
      expect(Object.keys(Object(at(refused.body, 'errors')))).to.deep.equal(Object.keys(more));
    }
    expect(
      (await call(resident, 'POST', '/tickets', { ...CREATE, residentId: 2 })).status,
    ).to.equal(403);
  });

  it('only administrators list everything or a community', async () => {
    for (const path of ['/tickets', '/tickets/community/1', '/residents', '/companies']) {
      expect((await call(resident, 'GET', path)).status, path).to.equal(403);
    }
    expect((await call(otherAdmin, 'GET', '/tickets/community/1')).status).to.equal(404);
    expect(await listed(admin, '/tickets/my')).to.deep.equal([]);
  });

  it('a resident reads their community’s tickets, changes and deletes only their own', async () => {
    expect((await call(neighbour, 'GET', '/tickets/6')).status).to.equal(200);
    for (const [method, body] of [
      ['PUT', { contenido: 'x' }],
      ['DELETE', undefined],
    ] as const) {
      expect((await call(neighbour, method, '/tickets/6', body)).status).to.equal(403);
      for (const as of [stranger, otherAdmin]) {
        expect((await call(as, method, '/tickets/6', body)).status).to.equal(404);
      }
    }
    expect((await call(stranger, 'GET', '/tickets/6')).status).to.equal(404);
    const put = await call(resident, 'PUT', '/tickets/6', { contenido: 'Otra vez lleno.' });
    expect(put.body).to.include({ contenido: 'Otra vez lleno.', categoriaTicketId: 1 });
    const deleted = await call(resident, 'DELETE', '/tickets/6');
    expect(deleted.body).to.deep.equal(put.body);
    expect((await call(resident, 'GET', '/tickets/6')).status).to.equal(404);
  });

  it('a resident may only cancel, and only while the ticket is Nuevo', async () => {
    const refused = await call(resident, 'PUT', '/tickets/6', { statusId: 6 });
    expect(refused.status).to.equal(403);
    expect((await call(resident, 'PUT', '/tickets/5', { statusId: 5 })).status).to.equal(409);
    const cancelled = await call(resident, 'PUT', '/tickets/6', { statusId: 5 });
    expect(cancelled.body).to.include({ statusId: 5 });
    expect((await call(resident, 'PUT', '/tickets/6', { statusId: 1 })).status).to.equal(403);
  });

  it('deleting a ticket deletes its comments', async () => {
    const id = await world.open(resident);
    const first = await world.comment(resident, id);
    await world.comment(neighbour, id, { idComment: first });
    expect((await call(admin, 'DELETE', `/tickets/${id}`)).status).to.equal(200);
    expect(await world.commentsOn(id)).to.deep.equal([]);
    expect((await call(resident, 'POST', '/comentarios', world.commentOf(id))).status).to.equal(
      404,
    );
  });

  it('Data Limits: over them 400 that names the field; a body over 1 MB 413', async () => {
    const comment = { ...COMMENT, idOrigen: '6' };
    for (const [path, body, field] of [
      ['/tickets', { ...CREATE, Contenido: 'x'.repeat(4001) }, 'contenido'],
      ['/tickets', { ...CREATE, imageUrls: ['https://evil.example/x.jpg'] }, 'imageUrls.0'],
      ['/tickets', { ...CREATE, imageUrls: ['uploads/../x.jpg'] }, 'imageUrls.0'],
      ['/comentarios', { ...comment, comentarioTexto: 'x'.repeat(4001) }, 'comentarioTexto'],
      ['/comentarios', { ...comment, origen: 'x'.repeat(51) }, 'origen'],
      ['/comentarios', { ...comment, idOrigen: 'x'.repeat(51) }, 'idOrigen'],
    ] as const) {
      const answer = await call(resident, 'POST', path, body);
      expect(answer.status).to.equal(400);
      expect(Object.keys(Object(at(answer.body, 'errors')))).to.deep.equal([field]);
    }
    const most = { CategoriaTicketId: 3, Contenido: 'x'.repeat(4000) };
    expect((await call(resident, 'POST', '/tickets', most)).status).to.equal(201);
    const large = { ...CREATE, Contenido: 'x'.repeat(1024 * 1024) };
    expect((await call(resident, 'POST', '/tickets', large)).status).to.equal(413);
  });

  it('imageUrls: null means no images, in each body that takes images', async () => {
    const ticket = await call(resident, 'POST', '/tickets', { ...CREATE, ImageUrls: null });
    expect(ticket.status, ticket.text).to.equal(201);
    expect(at(ticket.body, 'imageUrls')).to.deep.equal([]);
    const comment = { ...COMMENT, idOrigen: '6' };
    const said = await call(resident, 'POST', '/comentarios', { ...comment, imageUrls: null });
    expect(at(said.body, 'imageUrls')).to.deep.equal([]);
    for (const path of [
      `/tickets/${Number(at(ticket.body, 'id'))}`,
      `/comentarios/${Number(at(said.body, 'id'))}`,
    ]) {
      const imageUrls = ['uploads/a.jpg'];
      const some = await call(resident, 'PUT', path, { imageUrls });
      expect(at(some.body, 'imageUrls'), some.text).to.deep.equal(imageUrls);
      const kept = await call(resident, 'PUT', path, {});
      expect(at(kept.body, 'imageUrls')).to.deep.equal(imageUrls);
      const none = await call(resident, 'PUT', path, { imageUrls: null });
      expect(at(none.body, 'imageUrls')).to.deep.equal([]);
    }
  });

  it('failures are problem details', async () => {
    const answer = await call(resident, 'POST', '/tickets', { nope: 1 });
    expect(answer.headers.get('Content-Type')).to.match(/^application\/problem\+json/);
    const requestId = answer.headers.get('X-Request-Id');
    expect(answer.body).to.deep.include({
      type: 'urn:crewline:problem:request:invalid',
      title: 'Bad Request',
      status: 400,
      instance: `urn:uuid:${requestId}`,
      code: 'request/invalid',
      requestId,
    });
    expect(Object.keys(Object(at(answer.body, 'errors')))).to.have.members([
      'categoriaTicketId',
      'nope',
    ]);
    expect((await world.call('GET', '/tickets')).status).to.equal(401);
  });

  it('a list page has the contract’s shape, and the next cursor is in a header', async () => {
    const seen: unknown[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const answer = await call(system, 'GET', `/tickets?limit=4${more}`);
      seen.push(...idsIn(answer.body));
      cursor = answer.headers.get('X-Next-Cursor');
    }
    expect(seen).to.deep.equal([6, 5, 4, 3, 2, 1]);
  });

  describe('categories, statuses, companies, communities and residents', () => {
    it('everybody reads the six statuses, with code, text and colour', async () => {
      const { body } = await call(resident, 'GET', '/statusticket');
      const found = listAt({ body }, 'body');
      expect(found).to.have.length(6);
      found.forEach((row, index) => expect(row).to.deep.include({ ...STATUSES[index] }));
    });

    it('the six statuses and categories are created with the first company of a store', async () => {
      await api.stop();
      api = await startApi({ store: ownRuntime().runtime.store, now: clock.now });
      world = communityWorld(api);
      const first = await world.member('SYSTEM_ADMIN');
      await Promise.all(
        ['Uno', 'Dos', 'Tres'].map((name) => world.create(first, '/companies', { name })),
      );
      expect(await listed(first, '/statusticket')).to.deep.equal([1, 2, 3, 4, 5, 6]);
      expect(await listed(first, '/companies')).to.deep.equal([1, 2, 3]);
      const categories = async () => {
        const { body } = await call(first, 'GET', '/categoriaticket');
        return listAt({ body }, 'body').map((row) => [at(row, 'id'), at(row, 'descripcion')]);
      };
      const six = CATEGORIES.map((descripcion, index) => [index + 1, descripcion]);
      expect(await categories()).to.deep.equal(six);
      await world.create(first, '/categoriaticket', { descripcion: 'Mascotas' });
      expect((await call(first, 'DELETE', '/categoriaticket/6')).status).to.equal(200);
      await world.create(first, '/companies', { name: 'Cuatro' });
      expect(await categories()).to.deep.equal([...six.slice(0, 5), [7, 'Mascotas']]);
    });

    it('a further status gets the next number and can’t be deleted while it is used', async () => {
      const body = { codigo: 'en_espera', descripcion: 'En espera', color: '#f97316' };
      const created = await call(system, 'POST', '/statusticket', body);
      expect(created.body).to.deep.include({ id: 7, codigo: 'EN_ESPERA', color: '#F97316' });
      expect((await call(admin, 'PUT', '/tickets/6', { statusId: 7 })).status).to.equal(200);
      expect((await call(system, 'DELETE', '/statusticket/7')).status).to.equal(409);
      await call(admin, 'PUT', '/tickets/6', { statusId: 1 });
      expect((await call(system, 'POST', '/statusticket', body)).status).to.equal(409);
      expect((await call(system, 'DELETE', '/statusticket/7')).status).to.equal(200);
      expect((await call(system, 'POST', '/statusticket', body)).status).to.equal(201);
      const reserved = { ...body, codigo: 'Nuevo' };
      expect((await call(system, 'POST', '/statusticket', reserved)).status).to.equal(409);
    });

    it('the first six statuses change their texts and colours, and can’t be deleted', async () => {
      const put = await call(system, 'PUT', '/statusticket/1', { color: '#000000' });
      expect(put.body).to.deep.include({ codigo: 'NUEVO', color: '#000000' });
      expect((await call(system, 'PUT', '/statusticket/1', { codigo: 'X' })).status).to.equal(400);
      const deleted = await call(system, 'DELETE', '/statusticket/4');
      expect(at(deleted.body, 'code')).to.equal('status/built-in');
    });

    it('records in use can’t be deleted, others can', async () => {
      for (const path of ['/categoriaticket/3', '/companies/1', '/communities/1', '/residents/1']) {
        const answer = await call(system, 'DELETE', path);
        expect(answer.status, path).to.equal(409);
        expect(at(answer.body, 'code')).to.equal('record/in-use');
      }
      const company = await world.create(system, '/companies', { name: 'Sur' });
      const home = await world.create(system, '/communities', { companyId: company, name: 'S' });
      const person = await world.create(system, '/residents', { communityId: home, name: 'Eva' });
      for (const [path, id] of [
        ['/residents', person],
        ['/communities', home],
        ['/companies', company],
      ] as const) {
        expect((await call(system, 'DELETE', `${path}/${id}`)).status, path).to.equal(200);
      }
    });

    it('records that somebody’s access names can’t be deleted, until it is withdrawn', async () => {
      const companyId = await world.create(system, '/companies', { name: 'Oeste' });
      const communityId = await world.create(system, '/communities', { companyId, name: 'O' });
      const residentId = await world.create(system, '/residents', { communityId, name: 'Ana' });
      const ids = { companyId, communityId, residentId };
      const named = [
        [{ role: 'RESIDENT', ...ids }, `/residents/${residentId}`],
        [{ role: 'ADMIN_COMPANY', companyId, communityId }, `/communities/${communityId}`],
        [{ role: 'ADMIN_COMPANY', companyId }, `/companies/${companyId}`],
      ] as const;
      for (const [granted, path] of named) {
        const access = { community: { ...granted, active: false } };
        const { id } = await personWith(api, access);
        expect((await call(system, 'DELETE', path)).status, path).to.equal(409);
        await changePerson(api, id, { access: {} });
        expect((await call(system, 'DELETE', path)).status, path).to.equal(200);
      }
    });

    it('a resident reads their own community and resident, and no other', async () => {
      for (const [as, path, status] of [
        [resident, '/communities/1', 200],
        [resident, '/residents/1', 200],
        [resident, '/communities/2', 404],
        [resident, '/residents/2', 404],
        [stranger, '/residents/3', 200],
        [stranger, '/residents/1', 404],
      ] as const) {
        expect((await call(as, 'GET', path)).status, path).to.equal(status);
      }
      const renaming = await call(resident, 'PUT', '/residents/1', { name: 'Yo' });
      expect(renaming.status).to.equal(403);
    });

    it('an ADMIN_COMPANY has their own company’s communities and residents', async () => {
      expect(await listed(admin, '/communities')).to.deep.equal([1]);
      expect(await listed(admin, '/residents')).to.deep.equal([1, 2]);
      expect(await listed(admin, '/residents?companyId=2')).to.deep.equal([]);
      expect(await listed(system, '/residents?communityId=2')).to.deep.equal([3]);
      for (const path of ['/communities/2', '/residents/3']) {
        for (const [method, body] of [
          ['GET', undefined],
          ['PUT', { name: 'Mío' }],
          ['DELETE', undefined],
        ] as const) {
          expect((await call(admin, method, path, body)).status).to.equal(404);
        }
      }
      for (const [path, body, field] of [
        ['/communities', { companyId: 2, name: 'x' }, 'companyId'],
        ['/residents', { communityId: 2, name: 'x' }, 'communityId'],
      ] as const) {
        const answer = await call(admin, 'POST', path, body);
        expect(answer.status).to.equal(400);
        expect(Object.keys(Object(at(answer.body, 'errors')))).to.deep.equal([field]);
      }
      const made = await call(admin, 'POST', '/residents', { communityId: 1, name: 'Eva' });
      expect(made.body).to.deep.include({ id: 4, communityId: 1, companyId: 1, uid: null });
    });
  });
});
