import { z } from 'zod';
import { areaOf } from '../../../functions/src/desks/cgs/copies/area.ts';
import { ispOf, placeOf } from '../../../functions/src/desks/cgs/copies/network.ts';
import { keywordsOf } from '../../../functions/src/kernel/keywords.ts';
import {
  areas,
  clients,
  indications,
  isps,
  mainSplitters,
  pops,
  splitters,
} from '../../../functions/src/desks/cgs/master/collections.ts';
import type { Client } from '../../../functions/src/desks/cgs/domain/schemas.ts';
import type { Collection } from '../../../functions/src/kernel/store/collection.ts';
import { reservationOf } from '../../../functions/src/kernel/store/unique.ts';
import {
  checkOf,
  type CollectionCheck,
  type Doc,
  expectCopy,
  expectSame,
  expectThat,
  type Fault,
  type Found,
  issuesOf,
  readDoc,
  type Referred,
  withArchived,
} from '../check.ts';

/** How a record is found by search, and which of its values are unique. */
interface Kind<T> {
  readonly collection: Collection<T>;
  readonly words: (data: T) => readonly string[];
  /** The field that is reported, and the unique values. */
  readonly uniques: (data: T) => readonly (readonly [field: string, ...values: string[]])[];
  /** Its copies of other records, and what else must hold. */
  readonly copies?: (data: T) => readonly Referred[];
  readonly faults?: (data: T) => readonly Fault[];
}

/** The fields that the endpoints derive from the others. */
const derivedSchema = z.looseObject({
  keywords: z.array(z.string()),
  coordinate: z.string().optional(),
  latitude: z.number().nullish(),
  longitude: z.number().nullish(),
});

const derivedFaults = (data: unknown, words: readonly string[]): Fault[] => {
  const read = derivedSchema.safeParse(data);
  if (!read.success) return issuesOf(read.error);
  const { keywords, coordinate, latitude, longitude } = read.data;
  const [north, east] = coordinate?.split(',').map(Number) ?? [];
  return [
    ...expectSame('keywords', keywords, keywordsOf(...words)),
    ...(coordinate === undefined
      ? []
      : [...expectSame('latitude', latitude, north), ...expectSame('longitude', longitude, east)]),
  ];
};

/** The checks of one kind of record, without its type. */
interface SealedKind {
  readonly check: CollectionCheck;
  /** The paths in `uniques` that a document holds; none for a document of another kind. */
  readonly reservationsOf: (doc: Doc) => readonly string[];
}

const kind = <T extends { readonly id: string }>(declared: Kind<T>): SealedKind => {
  const { collection: its, words, uniques, copies = () => [], faults = () => [] } = declared;
  const reservationsOf = (data: T) =>
    uniques(data).map(([field, ...values]) => ({
      field,
      key: reservationOf([its.name, field, ...values]),
    }));
  const reservationFaults = (data: T, found: Found): Fault[] =>
    reservationsOf(data).flatMap(({ field, key }) => {
      const holder = found(key)?.holder;
      return expectThat(
        holder === data.id,
        field,
        `is registered in uniques for ${holder ?? 'nobody'}`,
      );
    });
  return {
    check: checkOf(its, {
      refers: (data) => [
        ...reservationsOf(data).map(({ key }) => key),
        ...copies(data).flatMap(({ keys }) => keys),
      ],
      faults: (data, doc, found) => [
        ...expectSame('id', data.id, doc.id),
        ...derivedFaults(doc.data, words(data)),
        ...reservationFaults(data, found),
        ...faults(data),
        ...copies(data).flatMap((each) => each.faults(found)),
      ],
    }),
    reservationsOf: ({ path, id, data }) => {
      const read = path === its.doc(id).path ? readDoc(its.doc(id), data) : { faults: [] };
      return 'data' in read ? reservationsOf(read.data).map(({ key }) => key.path) : [];
    },
  };
};

/** A record that a client embeds. */
const embedded = <T>(
  field: string,
  copy: { readonly id?: string | undefined } | null,
  of: Collection<T>,
  part: (source: T) => object,
): Referred[] => {
  if (copy?.id === undefined) return [];
  const key = of.doc(copy.id);
  const faults = (found: Found): Fault[] => expectCopy(field, copy, key, part, found);
  return [{ keys: withArchived(key), faults }];
};

const embeddedIn = ({ city, isp, pop, ms, splitter }: Client): Referred[] => [
  ...embedded('city', city, areas, areaOf),
  ...embedded('isp', isp, isps, ispOf),
  ...embedded('pop', pop, pops, placeOf),
  ...embedded('ms', ms, mainSplitters, placeOf),
  ...embedded('splitter', splitter, splitters, placeOf),
];

const named = {
  words: ({ name }: { name: string }) => [name],
  uniques: ({ name }: { name: string }) => [['name', name] as const],
};

/** Repeated here on purpose: an endpoint that forgets one is noticed. */
const KINDS: readonly SealedKind[] = [
  kind({
    collection: areas,
    words: ({ name, initial }) => [name, initial],
    uniques: ({ region, name, initial }) => [
      ['name', region, name],
      ['initial', region, initial],
    ],
  }),
  kind({ collection: mainSplitters, ...named }),
  kind({ collection: splitters, ...named }),
  kind({ collection: pops, ...named }),
  kind({
    collection: isps,
    words: ({ name, initial, brand }) => [name, initial, brand],
    uniques: ({ name, initial }) => [
      ['name', name],
      ['initial', initial],
    ],
  }),
  kind({
    collection: indications,
    words: ({ indication }) => [indication],
    uniques: ({ category, indication }) => [['indication', category, indication]],
  }),
  kind({
    collection: clients,
    words: ({ name, cid, userCode }) => [name, cid, userCode],
    uniques: ({ cid }) => [['cid', cid]],
    copies: embeddedIn,
    faults: ({ city, region }) => expectSame('city.region', city.region, region),
  }),
];

/** Master data and clients: their keywords, unique values and copies. */
export const masterChecks: readonly CollectionCheck[] = KINDS.map(({ check }) => check);

/** The paths in `uniques` that a record of master data holds. */
export const masterReservationsOf = (doc: Doc): readonly string[] =>
  KINDS.flatMap(({ reservationsOf }) => reservationsOf(doc));
