import { expect } from 'chai';
import { z } from 'zod';
import * as schemas from './schemas.ts';
import {
  client,
  command,
  foc,
  opened,
  request,
  ticketIn,
} from '../../../../test/desks/cgs/fixtures.ts';
import {
  DEFAULT_CANCEL_CATEGORIES,
  DEFAULT_PENDING_CATEGORIES,
  DEFAULT_SLA_POLICY,
} from './vocabulary.ts';

const { name: _, ...evidence } = command.checkedIn;
const pending = { pendingCategory: 'Weather', pendingInterval: 30 };

const BODIES = {
  createTicketBody: schemas.createTicketBody,
  updateTicketBody: schemas.updateTicketBody,
  checkedInBody: schemas.checkedInBody,
  taskBody: schemas.taskBody,
  finishingBody: schemas.finishingBody,
  pendingBody: schemas.pendingBody,
  cancelBody: schemas.cancelBody,
  assignBody: schemas.assignBody,
  reassignBody: schemas.reassignBody,
  validateBody: schemas.validateBody,
};

/** The names of the fields that a body is refused for. */
const faults = (schema: z.ZodType, body: unknown): string[] =>
  schema.safeParse(body).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('request bodies', () => {
  for (const [name, schema] of Object.entries(BODIES)) {
    it(`${name} is described by a JSON schema, and refuses a field it does not know`, () => {
      expect(() => z.toJSONSchema(schema, { io: 'input' })).not.to.throw();
      const issues = schema.safeParse({ surprise: 1 }).error?.issues ?? [];
      expect(issues.some(({ code }) => code === 'unrecognized_keys')).to.equal(true);
    });
  }

  it('name every field that is missing or wrong', () => {
    expect(faults(schemas.checkedInBody, {})).to.deep.equal(['mediaUrl', 'locationCoordinate']);
    expect(faults(schemas.pendingBody, { ...pending, pendingInterval: 0 })).to.deep.equal([
      'pendingInterval',
    ]);
    const bare = { ...request(), client: null, publishedAt: null };
    expect(faults(schemas.createTicketBody, bare)).to.deep.equal(['address', 'customerType']);
  });

  it('take the longest text that is allowed, and no longer one', () => {
    const body = { ...evidence, remark: 'x'.repeat(2000) };
    expect(faults(schemas.taskBody, body)).to.deep.equal([]);
    expect(faults(schemas.taskBody, { ...body, remark: 'x'.repeat(2001) })).to.deep.equal([
      'remark',
    ]);
    const url = `https://m.test/${'x'.repeat(2033)}`;
    expect(faults(schemas.mediaUrlSchema, url)).to.deep.equal([]);
    expect(faults(schemas.mediaUrlSchema, `${url}x`)).to.deep.equal(['']);
  });

  it('take an empty string in an optional field as not given', () => {
    const { createTicketBody, updateTicketBody, pendingBody, cancelBody, taskBody } = schemas;
    const given = { ...request(), client: '', address: 'x', customerType: 'Broadband' };
    const blank = {
      region: '',
      area: ' ',
      coordinate: '',
      publishedAt: '',
      popName: '',
      action: '',
    };
    const opening = createTicketBody.parse({ ...given, ...blank });
    expect(opening).to.include({ client: null, address: 'x' });
    for (const field of Object.keys(blank)) expect(opening).to.have.property(field, undefined);
    const editing = { ...blank, client: '', source: '', customerType: '', remark: '' };
    expect(Object.values(updateTicketBody.parse(editing))).to.deep.equal(
      Object.keys(editing).map(() => undefined),
    );
    const none = { mediaUrl: '', remark: '', locationCoordinate: '' };
    const nulls = { mediaUrl: null, remark: null, locationCoordinate: null };
    expect(pendingBody.parse({ ...pending, ...none })).to.deep.include(nulls);
    expect(cancelBody.parse({ cancelCategory: 'Other', ...none })).to.deep.include(nulls);
    expect(faults(taskBody, none)).to.deep.equal(['mediaUrl']);
  });

  it('take minutes from 1 to 10080 as a whole number for a pending', () => {
    for (const pendingInterval of [1, 10_080]) {
      expect(faults(schemas.pendingBody, { ...pending, pendingInterval })).to.deep.equal([]);
    }
    for (const pendingInterval of [0, -1, 1.5, 10_081, '30', null]) {
      expect(faults(schemas.pendingBody, { ...pending, pendingInterval })).to.have.lengthOf(1);
    }
  });

  it('take absolute https media, and http only from this machine', () => {
    for (const url of [
      'https://media.crewline.test/1.jpg',
      'http://127.0.0.1:5000/v1/media/1',
      'http://localhost/1',
    ]) {
      expect(faults(schemas.mediaUrlSchema, url), url).to.deep.equal([]);
    }
    for (const url of [
      'http://media.crewline.test/1.jpg',
      'http://localhost.evil.test/1.jpg',
      'http://127.0.0.1@evil.test/1.jpg',
      'https:media',
      'https://',
      'javascript:alert(1)',
      'data:image/png;base64,AAAA',
      '/media/1.jpg',
      ' https://media.crewline.test/1.jpg',
      'https://media.crewline.test/1 2.jpg',
    ]) {
      expect(faults(schemas.mediaUrlSchema, url), url).to.have.lengthOf(1);
    }
  });

  it('take coordinates on this earth, as they were written', () => {
    for (const text of ['-6.88,107.61', '1.23124123151,-0.32413123', '90,-180', '0, 0']) {
      expect(schemas.coordinateSchema.parse(text)).to.equal(text);
    }
    for (const text of ['', '1', '91,0', '0,180.1', '-6.88;107.6', 'a,b', '1,2,3', '1.,2']) {
      expect(faults(schemas.coordinateSchema, text), text).not.to.deep.equal([]);
    }
  });

  it('read a time with any offset or without one, but no day', () => {
    const { dated, updateTicketBody } = schemas;
    for (const publishedAt of ['2026-11-02T08:00:00+07:00', '2026-11-02T02:00:00']) {
      expect(dated(updateTicketBody.parse({ publishedAt }), 'Europe/Berlin')).to.deep.equal({
        publishedAt: new Date('2026-11-02T01:00:00Z'),
      });
    }
    expect(faults(schemas.updateTicketBody, { publishedAt: '2026-11-02' })).to.deep.equal([
      'publishedAt',
    ]);
  });

  it('refuse an id that could leave its collection', () => {
    expect(faults(schemas.assignBody, { focId: '../users/x' })).to.deep.equal(['focId']);
  });
});

describe('documents', () => {
  it('have a JSON schema of what is sent', () => {
    expect(() => z.toJSONSchema(schemas.ticketWireSchema)).not.to.throw();
    expect(() => z.toJSONSchema(schemas.clientWireSchema)).not.to.throw();
  });

  it('are sent with ISO dates and without internal fields', () => {
    for (const ticket of Object.values(ticketIn(foc))) {
      const wire = schemas.toWire(ticket);
      expect(schemas.ticketWireSchema.strict().parse(wire)).to.deep.equal(wire);
      const { keywords, changeIds, slaVersion, given, escalation, escalationVersion, ...shown } =
        ticket;
      expect(wire).to.deep.equal(JSON.parse(JSON.stringify(shown)));
    }
  });

  it('have every field, known or not', () => {
    const { data } = schemas.ticketSchema.safeParse(opened());
    expect(Object.keys(data ?? {})).to.have.members(Object.keys(schemas.ticketSchema.shape));
    expect(Object.values(data ?? {})).not.to.include(undefined);
  });

  it('have defaults that pass their own schema', () => {
    expect(schemas.slaPolicySchema.parse(DEFAULT_SLA_POLICY)).to.deep.equal(DEFAULT_SLA_POLICY);
    const lists = { pending: DEFAULT_PENDING_CATEGORIES, cancel: DEFAULT_CANCEL_CATEGORIES };
    expect(schemas.categoriesSchema.parse(lists)).to.deep.equal(lists);
    expect(schemas.clientSchema.parse(client)).to.deep.equal(client);
  });
});
