import { expect } from 'chai';
import { z } from 'zod';
import { collection } from '../../functions/src/kernel/store/collection.ts';
import { COLLECTIONS, LISTENERS } from './declared.ts';
import { deriveIndexes } from './derive-indexes.ts';
import type { IndexField } from './index-file.ts';
import { missingIndexes, unusedIndexes } from './judge-indexes.ts';

const schema = z.object({
  region: z.string(),
  type: z.string(),
  keywords: z.array(z.string()),
  client: z.object({ id: z.string(), name: z.string() }),
  createdAt: z.date(),
  expiresAt: z.date(),
});
type Declared = Parameters<typeof deriveIndexes>[0][number];

const marks = { ASCENDING: '', DESCENDING: '-', CONTAINS: '+' } as const;
const short = ({ fieldPath, order, arrayConfig }: IndexField): string =>
  `${marks[order ?? arrayConfig ?? 'ASCENDING']}${fieldPath}`;

const derived = (...collections: readonly Declared[]) => {
  const { indexes, fieldOverrides } = deriveIndexes(collections, []);
  return {
    composites: indexes.map(({ fields }) => fields.map(short)),
    overrides: fieldOverrides.map(({ collectionGroup: _, indexes: singles, ...rest }) => ({
      ...rest,
      indexes: singles.map((each) => each.order ?? each.arrayConfig),
    })),
  };
};

describe('derived indexes', () => {
  const shapes = [
    ...COLLECTIONS.flatMap(({ queries }) => Object.values(queries).map(({ shape }) => shape)),
    ...LISTENERS,
  ];

  it('serve every query of the backend and of its apps in every combination of filters', () => {
    expect(missingIndexes(shapes, deriveIndexes(COLLECTIONS, LISTENERS))).to.deep.equal([]);
  });

  it('have no composite that no query needs', () => {
    expect(unusedIndexes(shapes, deriveIndexes(COLLECTIONS, LISTENERS))).to.deep.equal([]);
  });

  it('are one composite for each filter, and one for all fields that are always compared', () => {
    const list = { arrayContains: 'keywords', orderBy: '-createdAt' } as const;
    const both = collection('t', schema, {
      queries: {
        all: { ...list, optional: ['client.name'] },
        ofType: { ...list, equal: ['region', 'type'], optional: ['client.name'] },
      },
    });
    expect(derived(both).composites).to.deep.equal([
      ['client.name', '-createdAt'],
      ['+keywords', '-createdAt'],
      ['region', 'type', '-createdAt'],
    ]);
  });

  it('are those that a query names, and no others for the same fields', () => {
    const hinted = collection('t', schema, {
      queries: {
        list: {
          equal: ['region'],
          optional: ['type'],
          orderBy: '-createdAt',
          indexes: [['type', 'region']],
        },
      },
    });
    expect(derived(hinted).composites).to.deep.equal([
      ['type', 'region', '-createdAt'],
      ['region', '-createdAt'],
    ]);
  });

  it('follow each order of a query, and the field of its range', () => {
    const sorted = collection('t', schema, {
      queries: {
        list: { equal: ['region'], sorts: ['type', '-type'] },
        due: { equal: ['type'], range: 'expiresAt' },
        sort: { orderBy: ['type', '-createdAt'] },
      },
    });
    expect(derived(sorted).composites).to.deep.equal([
      ['region', 'type'],
      ['region', '-type'],
      ['type', 'expiresAt'],
      ['type', '-createdAt'],
    ]);
  });

  it('leave out what is not indexed, but for what a query needs there or below', () => {
    const lean = collection('t', schema, {
      unindexed: ['client', 'keywords'],
      ttl: 'expiresAt',
      queries: { ofClient: { equal: ['client.id'] }, found: { arrayContains: 'keywords' } },
    });
    const more = collection('t', z.object({ note: z.string() }), { unindexed: ['note'] });
    expect(derived(lean, more)).to.deep.equal({
      composites: [],
      overrides: [
        { fieldPath: 'changeIds', indexes: [] },
        { fieldPath: 'changedBy', indexes: [] },
        { fieldPath: 'client', indexes: [] },
        { fieldPath: 'keywords', indexes: ['CONTAINS'] },
        { fieldPath: 'note', indexes: [] },
        { fieldPath: 'client.id', indexes: ['ASCENDING'] },
        { fieldPath: 'expiresAt', ttl: true, indexes: [] },
      ],
    });
  });
});
