import type { IndexedCollection } from '../../functions/src/kernel/store/collection.ts';
import type { QueryShape, SortKey } from '../../functions/src/kernel/store/query.ts';
import {
  asField,
  type Composite,
  eachOrder,
  type FieldOverride,
  type IndexFile,
  type Mode,
  modeOf,
  sortOf,
} from './index-file.ts';

/** Fields that are compared, in any order, and then the sort. */
interface Needed {
  readonly prefix: readonly string[];
  readonly sort: readonly SortKey[];
}

const keyOf = (sort: readonly SortKey[]): string => JSON.stringify(sort);

const filtersOf = ({ optional = [], arrayContains }: QueryShape): readonly string[] => [
  ...optional,
  ...(arrayContains === undefined ? [] : [arrayContains]),
];

/**
 * The composites of one collection. Firestore merges indexes with the same sort, so each optional
 * filter has its own, and the fields that a query always compares share one.
 */
const neededBy = (shapes: readonly QueryShape[]): readonly Needed[] => {
  const found: Needed[] = shapes.flatMap((shape) =>
    (shape.indexes ?? []).map((prefix) => ({ prefix, sort: sortOf(shape, prefix) })),
  );
  const cover = (asked: readonly string[], compared: readonly string[], shape: QueryShape) => {
    const sort = sortOf(shape, compared);
    if (sort.length === 0) return;
    const covered = found
      .filter(({ prefix }) => prefix.every((field) => compared.includes(field)))
      .filter((each) => keyOf(each.sort) === keyOf(sort))
      .flatMap(({ prefix }) => prefix);
    const prefix = asked.filter((field) => !covered.includes(field));
    if (prefix.length > 0) found.push({ prefix, sort });
  };
  for (const shape of shapes) {
    const { equal = [] } = shape;
    for (const field of filtersOf(shape)) cover([field], [...equal, field], shape);
  }
  for (const shape of shapes) {
    const { equal = [] } = shape;
    cover(equal, equal, shape);
    const sort = sortOf(shape, []);
    if (equal.length === 0 && sort.length > 1) found.push({ prefix: [], sort });
  }
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
};

/** What Firestore's automatic indexes of single fields are used for. */
const singlesOf = (shapes: readonly QueryShape[]): ReadonlyMap<string, readonly Mode[]> => {
  const uses = shapes.flatMap((shape): readonly (readonly [string, Mode])[] => {
    const { equal = [], optional = [], arrayContains } = shape;
    const sort = sortOf(shape, equal);
    const [key, ...more] = sort;
    if (key !== undefined) {
      return equal.length === 0 && more.length === 0 ? [[key.field, modeOf(key)]] : [];
    }
    return [
      ...[...equal, ...optional].map((field) => [field, 'ASCENDING'] as const),
      ...(arrayContains === undefined ? [] : [[arrayContains, 'CONTAINS'] as const]),
    ];
  });
  const grouped = Map.groupBy(uses, ([field]) => field);
  return new Map(
    [...grouped].map(([field, each]) => [field, [...new Set(each.map(([, mode]) => mode))]]),
  );
};

const overridesOf = (
  collectionGroup: string,
  declared: readonly IndexedCollection[],
  shapes: readonly QueryShape[],
): readonly FieldOverride[] => {
  const singles = singlesOf(shapes);
  const unindexed = declared.flatMap((each) => each.unindexed);
  // An exemption covers subfields too: those that a query needs get their index back.
  const below = [...singles.keys()].filter((field) =>
    unindexed.some((path) => field.startsWith(`${path}.`)),
  );
  const indexesOf = (field: string) =>
    (singles.get(field) ?? []).map((mode) => ({
      queryScope: 'COLLECTION' as const,
      ...asField(mode),
    }));
  return [
    ...[...new Set([...unindexed, ...below])].map((fieldPath) => ({
      collectionGroup,
      fieldPath,
      indexes: indexesOf(fieldPath),
    })),
    ...declared.flatMap(({ ttl }) =>
      ttl === undefined
        ? []
        : [{ collectionGroup, fieldPath: ttl, ttl: true as const, indexes: indexesOf(ttl) }],
    ),
  ];
};

/** All indexes that the queries of these collections need, and the exemptions of their fields. */
export const deriveIndexes = (
  collections: readonly IndexedCollection[],
  listeners: readonly QueryShape[],
): IndexFile => {
  const groups = [...Map.groupBy(collections, ({ name }) => name)].map(([name, declared]) => {
    const own = declared.flatMap(({ queries }) => Object.values(queries).map(({ shape }) => shape));
    const shapes = eachOrder([...own, ...listeners.filter((each) => each.collection === name)]);
    return { name, declared, shapes };
  });
  const composites = groups.flatMap(({ name, shapes }) => {
    const lists = new Set(shapes.map(({ arrayContains }) => arrayContains));
    return neededBy(shapes).map(
      ({ prefix, sort }): Composite => ({
        collectionGroup: name,
        queryScope: 'COLLECTION',
        fields: [
          ...prefix.map((field) => ({
            fieldPath: field,
            ...asField(lists.has(field) ? 'CONTAINS' : 'ASCENDING'),
          })),
          ...sort.map((key) => ({ fieldPath: key.field, ...asField(modeOf(key)) })),
        ],
      }),
    );
  });
  return {
    indexes: composites,
    fieldOverrides: groups.flatMap(({ name, declared, shapes }) =>
      overridesOf(name, declared, shapes),
    ),
  };
};
