import { expect } from 'chai';
import type { QueryShape } from '../../functions/src/kernel/store/query.ts';
import { asField, type Composite, type FieldOverride, type Mode } from './index-file.ts';
import { missingIndexes, unusedIndexes } from './judge-indexes.ts';

const MODES: Readonly<Record<string, Mode>> = { '+': 'CONTAINS', '-': 'DESCENDING' };

/** `composite('region', '-createdAt')`; `+` stands before an array-contains field. */
const composite = (...fields: readonly string[]): Composite => ({
  collectionGroup: 'tickets',
  queryScope: 'COLLECTION',
  fields: fields.map((field) => ({
    fieldPath: field.replace(/^[-+]/, ''),
    ...asField(MODES[field.charAt(0)] ?? 'ASCENDING'),
  })),
});

/** Replaces the automatic indexes of a field and its subfields. */
const exempted = (fieldPath: string, indexes: FieldOverride['indexes'] = []): FieldOverride => ({
  collectionGroup: 'tickets',
  fieldPath,
  indexes,
});

const shape = (rest: Partial<QueryShape>): QueryShape => ({
  name: 'list',
  collection: 'tickets',
  orderBy: [],
  sorts: [],
  ...rest,
});

const newest = [{ field: 'createdAt', direction: 'desc' }] as const;
const due = [{ field: 'nextTimerAt', direction: 'asc' }] as const;
const sortedById = (direction: 'asc' | 'desc') => ({
  equal: ['region'],
  orderBy: [...newest, { field: '__name__', direction }],
});
const byRegion = composite('region', '-createdAt');
const byType = composite('type', '-createdAt');
const byWords = composite('+keywords', '-createdAt');
const ofRegion = { equal: ['region'], orderBy: newest } as const;
const ofType = { equal: ['region', 'type'], orderBy: newest } as const;
const found = { arrayContains: 'keywords', ...ofRegion } as const;
const ascending = { queryScope: 'COLLECTION', order: 'ASCENDING' } as const;
const client = [exempted('client'), exempted('client.name', [ascending])];

/** Whether these indexes serve a query, as `[query, composites, is served, exemptions]`. */
type Row = readonly [Partial<QueryShape>, readonly Composite[], boolean, FieldOverride[]?];

const RULES: Readonly<Record<string, readonly Row[]>> = {
  'a filter, a sort or a range on one field needs no composite': [
    [{ equal: ['region'] }, [], true],
    [{ orderBy: newest }, [], true],
    [{ range: 'nextTimerAt' }, [], true],
    [{ range: 'nextTimerAt', orderBy: due }, [], true],
    [{ arrayContains: 'keywords' }, [], true],
  ],
  'equality filters alone merge the automatic indexes': [
    [{ equal: ['region', 'type'], optional: ['area'] }, [], true],
  ],
  'a filter with a sort on another field needs a composite in that direction': [
    [ofRegion, [], false],
    [ofRegion, [byRegion], true],
    [ofRegion, [composite('region', 'createdAt')], false],
    [ofRegion, [composite('-region', '-createdAt')], true],
  ],
  'a filter with a range on another field needs a composite sorted by the range': [
    [{ equal: ['region'], range: 'createdAt' }, [byRegion], false],
    [{ equal: ['region'], range: 'createdAt' }, [composite('region', 'createdAt')], true],
  ],
  'composites that end in the same sort merge, and must cover every filter': [
    [ofType, [byRegion], false],
    [ofType, [byRegion, byType], true],
    [ofType, [byRegion, composite('type', 'createdAt')], false],
    [ofType, [composite('type', 'region', '-createdAt')], true],
  ],
  'a composite with a field that the query does not filter by does not serve it': [
    [ofRegion, [composite('region', 'type', '-createdAt')], false],
  ],
  'array-contains with a sort needs its own kind of composite, which merges': [
    [found, [byRegion], false],
    [found, [byRegion, composite('keywords', '-createdAt')], false],
    [found, [byRegion, byWords], true],
  ],
  'the id at the end of a sort needs an index unless it has the last direction': [
    [sortedById('desc'), [byRegion], true],
    [sortedById('asc'), [byRegion], false],
    [sortedById('asc'), [composite('region', '-createdAt', '__name__')], true],
    [sortedById('desc'), [composite('region', '-createdAt', '-__name__')], true],
  ],
  'a sort by a field that must be equal needs nothing more': [
    [{ equal: ['createdAt'], orderBy: newest }, [], true],
  ],
  'an exempted field, or one below it, has no automatic index': [
    [{ equal: ['client'] }, [], false, [exempted('client')]],
    [{ equal: ['client.name'] }, [], false, [exempted('client')]],
    [{ equal: ['clientele'] }, [], true, [exempted('client')]],
    [{ equal: ['client.name'] }, [], true, client],
    [{ orderBy: [{ field: 'client.name', direction: 'desc' }] }, [], false, client],
  ],
  'indexes of another collection or of collection groups serve nothing here': [
    [{ ...ofRegion, collection: 'users' }, [byRegion], false],
    [ofRegion, [{ ...byRegion, queryScope: 'COLLECTION_GROUP' }], false],
  ],
};

describe('the judge of indexes', () => {
  for (const [title, rows] of Object.entries(RULES)) {
    it(title, () => {
      for (const [query, indexes, isServed, fieldOverrides = []] of rows) {
        const missing = missingIndexes([shape(query)], { indexes, fieldOverrides });
        expect(missing.length === 0, JSON.stringify([query, indexes])).to.equal(isServed);
      }
    });
  }

  it('every combination of optional filters is checked', () => {
    const query = shape({ optional: ['region', 'type', 'area'], orderBy: newest });
    const missing = missingIndexes([query], { indexes: [byRegion, byType], fieldOverrides: [] });
    expect(missing.map(({ filters }) => filters)).to.deep.equal([
      ['area'],
      ['region', 'area'],
      ['type', 'area'],
      ['region', 'type', 'area'],
    ]);
  });

  it('a composite that no query needs is reported', () => {
    const file = { indexes: [byRegion, byType], fieldOverrides: [] };
    expect(unusedIndexes([shape(ofRegion)], file)).to.deep.equal([byType]);
    expect(unusedIndexes([shape({ equal: ['region', 'type'] })], file)).to.have.length(2);
  });
});
