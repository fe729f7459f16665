import { z } from 'zod';
import { areaOf } from '../../../functions/src/desks/cgs/copies/area.ts';
import { ispOf, placeOf } from '../../../functions/src/desks/cgs/copies/network.ts';
import { keywordsOf } from '../../../functions/src/desks/cgs/domain/keywords.ts';
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
import { collection, type Collection } from '../../../functions/src/kernel/store/collection.ts';
import { type DocKey } from '../../../functions/src/kernel/store/document.ts';
import { claimOf } from '../../../functions/src/kernel/store/unique.ts';
import {
  type Across,
  type Breach,
  checkOf,
  type CollectionCheck,
  type Doc,
  expectSame,
  expectThat,
  type Fault,
  type Found,
  readDoc,
} from '../check.ts';

const claimSchema = z.object({ holder: z.string() });
type Claim = z.output<typeof claimSchema>;

/** `uniques/{hash}`: who holds a value that no other record may have. */
export const claimCheck = checkOf(collection('uniques', claimSchema));

/** What search finds a record by, and which of its values no other record has. */
interface Kind<T> {
  readonly collection: Collection<T>;
  readonly words: (data: T) => readonly string[];
  /** The field by which people know the claim, and its values. */
  readonly uniques: (data: T) => readonly (readonly [field: string, ...values: string[]])[];
}

const kind = <T>(declared: Kind<T>): Kind<T> => declared;

const byName = { words: ({ name }: { name: string }) => [name] };
const oneName = { uniques: ({ name }: { name: string }) => [['name', name] as const] };

/** Said here once more, so that an endpoint that forgets one is found out. */
const KINDS = {
  areas: kind({
    collection: areas,
    words: ({ name, initial }) => [name, initial],
    uniques: ({ region, name, initial }) => [
      ['name', region, name],
      ['initial', region, initial],
    ],
  }),
  mainSplitters: kind({ collection: mainSplitters, ...byName, ...oneName }),
  splitters: kind({ collection: splitters, ...byName, ...oneName }),
  pops: kind({ collection: pops, ...byName, ...oneName }),
  isps: kind({
    collection: isps,
    words: ({ name, initial, brand }) => [name, initial, brand],
    uniques: ({ name, initial }) => [
      ['name', name],
      ['initial', initial],
    ],
  }),
  indications: kind({
    collection: indications,
    words: ({ indication }) => [indication],
    uniques: ({ category, indication }) => [['indication', category, indication]],
  }),
  clients: kind({
    collection: clients,
    words: ({ name, cid, userCode }) => [name, cid, userCode],
    uniques: ({ cid }) => [['cid', cid]],
  }),
} as const;

/** What the endpoints write beside a record's own fields. */
const derivedSchema = z.looseObject({
  keywords: z.array(z.string()),
  coordinate: z.string().optional(),
  latitude: z.number().nullish(),
  longitude: z.number().nullish(),
});

const derivedFaults = (data: unknown, words: readonly string[]): Fault[] => {
  const read = derivedSchema.safeParse(data);
  if (!read.success) {
    return read.error.issues.map(({ path, message }) => ({
      field: path.map(String).join('.'),
      problem: message,
    }));
  }
  const { keywords, coordinate, latitude, longitude } = read.data;
  const [north, east] = coordinate?.split(',').map(Number) ?? [];
  return [
    ...expectSame('keywords', keywords, keywordsOf(...words)),
    ...(coordinate === undefined
      ? []
      : [...expectSame('latitude', latitude, north), ...expectSame('longitude', longitude, east)]),
  ];
};

/** A record that a client embeds. */
const embedded = <T>(
  field: string,
  held: { readonly id?: string | undefined } | null,
  collection: Collection<T>,
  part: (source: T) => object,
) => {
  if (held?.id === undefined) return [];
  const key = collection.doc(held.id);
  const faults = (found: Found): Fault[] => {
    const source = found(key);
    return source === undefined
      ? expectThat(false, field, `names ${key.path}, which is not there`)
      : expectSame(field, held, part(source));
  };
  return [{ key, faults }];
};

const embeddedIn = ({ city, isp, pop, ms, splitter }: Client) => [
  ...embedded('city', city, areas, areaOf),
  ...embedded('isp', isp, isps, ispOf),
  ...embedded('pop', pop, pops, placeOf),
  ...embedded('ms', ms, mainSplitters, placeOf),
  ...embedded('splitter', splitter, splitters, placeOf),
];

const claimKeys = <T>({ collection, uniques }: Kind<T>, data: T): readonly DocKey<Claim>[] =>
  uniques(data).map(([field, ...values]) => claimOf([collection.name, field, ...values]));

const checkKind = <T extends { readonly id: string }>(
  declared: Kind<T>,
  more: {
    readonly refers?: (data: T) => readonly DocKey<unknown>[];
    readonly faults?: (data: T, found: Found) => readonly Fault[];
  } = {},
): CollectionCheck =>
  checkOf(declared.collection, {
    refers: (data) => [...claimKeys(declared, data), ...(more.refers?.(data) ?? [])],
    faults: (data, doc, found) => [
      ...expectSame('id', data.id, doc.id),
      ...derivedFaults(doc.data, declared.words(data)),
      ...declared.uniques(data).flatMap(([field, ...values]) => {
        const claim = found(claimOf([declared.collection.name, field, ...values]));
        return claim?.holder === doc.id
          ? []
          : expectThat(false, field, `is claimed by ${claim?.holder ?? 'nobody'}`);
      }),
      ...(more.faults?.(data, found) ?? []),
    ],
  });

/** Master data and clients: what they are found by, what they claim, what they embed. */
export const masterChecks: readonly CollectionCheck[] = [
  checkKind(KINDS.areas),
  checkKind(KINDS.mainSplitters),
  checkKind(KINDS.splitters),
  checkKind(KINDS.pops),
  checkKind(KINDS.isps),
  checkKind(KINDS.indications),
  checkKind(KINDS.clients, {
    refers: (client) => embeddedIn(client).map(({ key }) => key),
    faults: (client, found) => [
      ...expectSame('city.region', client.city.region, client.region),
      ...embeddedIn(client).flatMap(({ faults }) => faults(found)),
    ],
  }),
];

/** Every claim has its holder. Claims are walked after those who hold them. */
export const claimsAcross = (): Across => {
  const claimed = new Map<string, string>();
  const breaches: Breach[] = [];
  const note = <T>(declared: Kind<T>, { path, id, data }: Doc): void => {
    if (!path.startsWith(`${declared.collection.name}/`)) return;
    const read = readDoc(declared.collection.doc(id), data);
    if (!('data' in read)) return;
    for (const { path: claim } of claimKeys(declared, read.data)) claimed.set(claim, id);
  };
  return {
    see: (doc) => {
      note(KINDS.areas, doc);
      note(KINDS.mainSplitters, doc);
      note(KINDS.splitters, doc);
      note(KINDS.pops, doc);
      note(KINDS.isps, doc);
      note(KINDS.indications, doc);
      note(KINDS.clients, doc);
      const claim = doc.path.startsWith('uniques/') ? claimSchema.safeParse(doc.data).data : null;
      if (claim && claimed.get(doc.path) !== claim.holder) {
        const problem = `names ${claim.holder}, who has no such value`;
        breaches.push({ document: doc.path, field: 'holder', problem });
      }
    },
    end: () => breaches,
  };
};
