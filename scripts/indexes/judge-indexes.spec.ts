import { expect } from 'chai';
import type { QueryShape } from '../../functions/src/kernel/store/query.ts';
import { asField, type Composite, type FieldOverride, type IndexFile } from './index-file.ts';
import { missingIndexes, unusedIndexes } from './judge-indexes.ts';

/** `composite('region', '-createdAt')`; `+` stands before an array-contains field. */
const composite = (...fields: readonly string[]): Composite => ({
  collectionGroup: 'tickets',
  queryScope: 'COLLECTION',
  fields: fields.map((field) => {
    if (field.startsWith('+')) return { fieldPath: field.slice(1), ...asField('CONTAINS') };
    if (field.startsWith('-')) return { fieldPath: field.slice(1), ...asField('DESCENDING') };
    return { fieldPath: field, ...asField('ASCENDING') };
  }),
});

const indexes = (
  composites: readonly Composite[],
  fieldOverrides: readonly FieldOverride[] = [],
): IndexFile => ({ indexes: composites, fieldOverrides });

const shape = (rest: Partial<QueryShape>): QueryShape => ({
  name: 'list',
  collection: 'tickets',
  orderBy: [],
  sorts: [],
  ...rest,
});

const newestFirst = [{ field: 'createdAt', direction: 'desc' }] as const;
const isServed = (rest: Partial<QueryShape>, file: IndexFile): boolean =>
  missingIndexes([shape(rest)], file).length === 0;

const none = indexes([]);
const byRegion = composite('region', '-createdAt');
const byType = composite('type', '-createdAt');

describe('the judge of indexes', () => {
  it('a filter, a sort or a range on one field needs no composite', () => {
    expect(isServed({ equal: ['region'] }, none)).to.equal(true);
    expect(isServed({ orderBy: newestFirst }, none)).to.equal(true);
    expect(isServed({ range: 'nextTimerAt' }, none)).to.equal(true);
    const due = [{ field: 'nextTimerAt', direction: 'asc' }] as const;
    expect(isServed({ range: 'nextTimerAt', orderBy: due }, none)).to.equal(true);
    expect(isServed({ arrayContains: 'keywords' }, none)).to.equal(true);
  });

  it('equality filters alone merge the automatic indexes', () => {
    expect(isServed({ equal: ['region', 'type'], optional: ['area'] }, none)).to.equal(true);
  });

  it('a filter with a sort on another field needs a composite in that direction', () => {
    const query = { equal: ['region'], orderBy: newestFirst };
    expect(isServed(query, none)).to.equal(false);
    expect(isServed(query, indexes([byRegion]))).to.equal(true);
    expect(isServed(query, indexes([composite('region', 'createdAt')]))).to.equal(false);
    expect(isServed(query, indexes([composite('-region', '-createdAt')]))).to.equal(true);
  });

  it('a filter with a range on another field needs a composite sorted by the range', () => {
    const query = { equal: ['region'], range: 'createdAt' };
    expect(isServed(query, indexes([byRegion]))).to.equal(false);
    expect(isServed(query, indexes([composite('region', 'createdAt')]))).to.equal(true);
  });

  it('composites that end in the same sort merge, and must cover every filter', () => {
    const query = { equal: ['region', 'type'], orderBy: newestFirst };
    expect(isServed(query, indexes([byRegion]))).to.equal(false);
    expect(isServed(query, indexes([byRegion, byType]))).to.equal(true);
    expect(isServed(query, indexes([byRegion, composite('type', 'createdAt')]))).to.equal(false);
    expect(isServed(query, indexes([composite('type', 'region', '-createdAt')]))).to.equal(true);
  });

  it('a composite with a field that the query does not filter by does not serve it', () => {
    const both = indexes([composite('region', 'type', '-createdAt')]);
    expect(isServed({ equal: ['region'], orderBy: newestFirst }, both)).to.equal(false);
  });

  it('every combination of optional filters is asked for', () => {
    const query = shape({ optional: ['region', 'type', 'area'], orderBy: newestFirst });
    const missing = missingIndexes([query], indexes([byRegion, byType]));
    expect(missing.map(({ filters }) => filters)).to.deep.equal([
      ['area'],
      ['region', 'area'],
      ['type', 'area'],
      ['region', 'type', 'area'],
    ]);
  });

  it('array-contains with a sort needs its own kind of composite, which merges', () => {
    const query = { arrayContains: 'keywords', equal: ['region'], orderBy: newestFirst };
    const keywords = composite('+keywords', '-createdAt');
    expect(isServed(query, indexes([byRegion]))).to.equal(false);
    expect(isServed(query, indexes([byRegion, composite('keywords', '-createdAt')]))).to.equal(
      false,
    );
    expect(isServed(query, indexes([byRegion, keywords]))).to.equal(true);
  });

  it('the id at the end of a sort follows the last direction, and only that one is free', () => {
    const sorted = (direction: 'asc' | 'desc') => ({
      equal: ['region'],
      orderBy: [...newestFirst, { field: '__name__', direction }],
    });
    expect(isServed(sorted('desc'), indexes([byRegion]))).to.equal(true);
    expect(isServed(sorted('asc'), indexes([byRegion]))).to.equal(false);
    const explicit = indexes([composite('region', '-createdAt', '__name__')]);
    expect(isServed(sorted('asc'), explicit)).to.equal(true);
    const spelled = indexes([composite('region', '-createdAt', '-__name__')]);
    expect(isServed(sorted('desc'), spelled)).to.equal(true);
  });

  it('a sort by a field that must be equal needs nothing more', () => {
    expect(isServed({ equal: ['createdAt'], orderBy: newestFirst }, none)).to.equal(true);
  });

  it('an exempted field, or one below it, has no automatic index', () => {
    const exempted = indexes(
      [],
      [{ collectionGroup: 'tickets', fieldPath: 'client', indexes: [] }],
    );
    expect(isServed({ equal: ['client'] }, exempted)).to.equal(false);
    expect(isServed({ equal: ['client.name'] }, exempted)).to.equal(false);
    expect(isServed({ equal: ['clientele'] }, exempted)).to.equal(true);
    const kept = indexes(
      [],
      [
        { collectionGroup: 'tickets', fieldPath: 'client', indexes: [] },
        {
          collectionGroup: 'tickets',
          fieldPath: 'client.name',
          indexes: [{ queryScope: 'COLLECTION', order: 'ASCENDING' }],
        },
      ],
    );
    expect(isServed({ equal: ['client.name'] }, kept)).to.equal(true);
    expect(isServed({ orderBy: [{ field: 'client.name', direction: 'desc' }] }, kept)).to.equal(
      false,
    );
  });

  it('indexes of another collection or of collection groups serve nothing here', () => {
    const query = { equal: ['region'], orderBy: newestFirst };
    expect(isServed({ ...query, collection: 'users' }, indexes([byRegion]))).to.equal(false);
    const group = { ...byRegion, queryScope: 'COLLECTION_GROUP' } as const;
    expect(isServed(query, indexes([group]))).to.equal(false);
  });

  it('a composite that no query needs is reported', () => {
    const query = shape({ equal: ['region'], orderBy: newestFirst });
    const file = indexes([byRegion, byType]);
    expect(unusedIndexes([query], file)).to.deep.equal([file.indexes[1]]);
    expect(unusedIndexes([shape({ equal: ['region', 'type'] })], file)).to.have.length(2);
  });
});
