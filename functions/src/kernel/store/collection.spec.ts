import { expect } from 'chai';
import { z } from 'zod';
import { collection } from './collection.ts';

const tickets = collection(
  'tickets',
  z.object({
    id: z.string(),
    region: z.enum(['West', 'East']),
    client: z.object({ name: z.string(), city: z.object({ id: z.string() }).nullable() }),
    createdAt: z.date(),
    logs: z.array(z.string()),
  }),
  {
    unread: z.object({ keywords: z.array(z.string()) }),
    unindexed: ['logs'],
    queries: {
      ofRegion: {
        equal: ['region'],
        optional: ['region', 'client.name', 'client.city.id'],
        arrayContains: 'keywords',
        sorts: ['client.name', '-createdAt'],
      },
      rows: { orderBy: '-createdAt', select: ['id'] },
      recent: { range: 'createdAt', orderBy: '-createdAt', sorts: ['client.name'] },
    },
  },
);
const { ofRegion, recent, rows } = tickets.queries;

describe('a query of a collection', () => {
  it('has its fields and their values checked by the compiler', () => {
    // @ts-expect-error there is no such field
    collection('other', z.object({ id: z.string() }), { queries: { list: { equal: ['name'] } } });
    // @ts-expect-error there is no such region
    ofRegion.where({ region: 'Nord' });
    // @ts-expect-error no such order is declared
    ofRegion.by('-client.name');
    // @ts-expect-error the row does not show it
    expect(rows.where({}).doc('1').parse({ id: '1', createdAt: new Date() }).logs).to.equal(
      undefined,
    );
  });

  it('compares only the fields that are given', () => {
    const { equal } = ofRegion.where({ region: 'West', 'client.name': undefined, keywords: 'a' });
    expect(equal).to.deep.equal({ region: 'West', keywords: 'a' });
  });

  it('throws without a field that it needs, and for a field that it does not compare', () => {
    const loose: { where(values: object): unknown } = ofRegion;
    expect(() => loose.where({})).to.throw('query tickets.ofRegion needs region');
    expect(() => loose.where({ region: undefined })).to.throw('needs region');
    expect(() => loose.where({ region: 'West', id: '1' })).to.throw('does not compare id');
  });

  it('has no alternatives when a filter asks for what the caller may not see', () => {
    expect(ofRegion.within({ region: 'West' }, { region: 'East' })).to.deep.equal([]);
    const [within] = ofRegion.within({ region: 'West' }, { 'client.name': 'Kopi' });
    expect(within?.equal).to.deep.equal({ region: 'West', 'client.name': 'Kopi' });
    expect(ofRegion.within({ region: 'West' }, { region: undefined })).to.have.length(1);
  });

  it('selects the fields that it names and those that it is sorted by', () => {
    const { shape, doc } = rows.where({});
    expect(shape.select).to.deep.equal(['id', 'createdAt']);
    const createdAt = new Date();
    const row = doc('1').parse({ id: '1', createdAt });
    expect(row).to.deep.equal({ id: '1', createdAt });
  });

  it('fetches whole documents if it is asked to', () => {
    const { shape, doc } = rows.whole().where({});
    expect(shape).not.to.have.property('select');
    expect(() => doc('1').parse({ id: '1', createdAt: new Date() })).to.throw('logs');
  });

  it('takes its range along to another order, if it is sorted by it', () => {
    const { shape } = recent.by('client.name').where({});
    expect(shape).to.deep.include({
      range: 'client.name',
      orderBy: [{ field: 'client.name', direction: 'asc' }],
    });
    expect(ofRegion.by('client.name').where({ region: 'West' }).shape.range).to.equal(undefined);
  });

  it('is sorted in the order that is chosen', () => {
    const { shape } = ofRegion.by('-createdAt').where({ region: 'West' });
    expect(shape.orderBy).to.deep.equal([{ field: 'createdAt', direction: 'desc' }]);
  });
});
