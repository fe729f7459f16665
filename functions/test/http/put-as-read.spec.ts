import { expect } from 'chai';
import { KITS } from '../desks/kits.ts';
import { at, send } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { ownRuntime } from '../support/own-store.ts';
import { nameOf } from './matrix/case.ts';

const { community, isp, urban } = KITS;

/** What a PUT may change; every other field of the object is read-only. */
const WRITABLE: Readonly<Record<string, readonly string[]>> = {
  'PUT /api/tickets/:id': ['categoriaTicketId', 'statusId', 'contenido', 'imageUrls'],
  'PUT /api/categoriaticket/:id': ['descripcion'],
  'PUT /api/statusticket/:id': ['descripcion', 'color'],
  'PUT /api/companies/:id': ['name'],
  'PUT /api/communities/:id': ['name'],
  'PUT /api/residents/:id': ['name', 'uid'],
  'PUT /api/v1/tickets/:id': ['title', 'description', 'priority', 'subscriber_id'],
  'PUT /api/v1/subscribers/:id': ['name', 'phone', 'address'],
  ...Object.fromEntries(
    ['/api', '/api/v1', '/api/urban'].map((base) => [
      `PUT ${base}/people/:id`,
      ['email', 'nik', 'name', 'profilePhoto', 'phoneNumber', 'access'],
    ]),
  ),
  'PUT /api/urban/settings/overdue': ['pendingHours', 'inProgressHours', 'categories'],
  ...Object.fromEntries(
    ['/api', '/api/v1', '/api/urban'].map((base) => [
      `PUT ${base}/me/notifications`,
      ['language', 'push', 'quietHours'],
    ]),
  ),
  'PUT /api/urban/tickets/:id': ['category', 'title', 'description', 'attachments', 'notes'],
};

/** Another value of the same kind, where there is one. */
const otherThan = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1;
  if (Array.isArray(value)) return value.length > 0 ? [] : ['other'];
  if (value === null) return 7;
  if (typeof value !== 'string') return null;
  return /^\d{4}-/.test(value) ? value.replace(/^\d{4}/, '1999') : 'COMPLETED';
};

for (const { desk, stage: setUp } of [community, isp, urban]) {
  describe(`an object of the desk ${desk.name} that is sent back as it was read`, () => {
    let api: TestApi;

    before(async () => {
      api = await startApi({ store: ownRuntime().runtime.store });
    });
    after(() => api.stop());

    const readable = desk.endpoints.filter(
      ({ method, path }) =>
        method === 'put' &&
        desk.endpoints.some((each) => each.method === 'get' && each.path === path),
    );

    for (const endpoint of readable) {
      const name = nameOf({ desk, endpoint });

      it(`is accepted by ${name}, and a read-only field with another value is a 400`, async () => {
        const { sample, status, path } = endpoint;
        const scene = await setUp(api).bring(sample.given);
        const as = scene.as(sample.as);
        const address = `${desk.base}${path.replace(':id', scene.params['id'] ?? '')}`;
        const read = async (): Promise<object> => {
          const { body, text } = await send(api.url, 'GET', address, { as });
          const found: unknown = at(body, 'data') ?? body;
          if (typeof found !== 'object' || found === null) throw new Error(text);
          return found;
        };
        const first = await read();
        const same = await send(api.url, 'PUT', address, { as, body: first });
        expect(same.status, same.text).to.equal(status);
        const second = await read();
        const { updatedAt: _, ...rest } = { updatedAt: undefined, ...second };
        expect({ updatedAt: undefined, ...first }).to.deep.include(rest);
        const fixed = Object.entries(second).filter(
          ([field]) => WRITABLE[name]?.includes(field) === false,
        );
        expect(fixed).not.to.deep.equal([]);
        for (const [field, value] of fixed) {
          const body = { ...second, [field]: otherThan(value) };
          const answer = await send(api.url, 'PUT', address, { as, body });
          expect(answer.status, `${field} ${answer.text}`).to.equal(400);
          expect(answer.text).to.include(`"${field}`);
        }
      });
    }
  });
}
