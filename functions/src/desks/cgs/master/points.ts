import { z } from 'zod';
import type { Collection } from '../../../kernel/store/collection.ts';
import type { Query } from '../../../kernel/store/query.ts';
import { mainSplitters, pops, type Point, splitters } from './collections.ts';
import { coordinateSchema } from '../domain/schemas.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { nameField } from './fields.ts';
import { masterData } from './master-data.ts';
import { storedWire, type Usage } from './resource.ts';
import { MS_OF_CLIENTS, POP_OF_CLIENTS, SPLITTER_OF_CLIENTS } from './usages.ts';

const body = z.strictObject({ name: nameField, coordinate: coordinateSchema });

interface Kind {
  readonly path: string;
  readonly one: string;
  readonly many: string;
  /** The contract's section, and the name of such a record in OpenAPI. */
  readonly contract: string;
  readonly collection: Collection<Point, { readonly list: Query<Point> }>;
  readonly usage: Usage;
  /** What the situations of the samples end in. */
  readonly situation: string;
}

/** Things of the network that have a name and stand somewhere. */
const pointData = ({ usage, situation, ...kind }: Kind) =>
  masterData({
    ...kind,
    body,
    patch: body.partial(),
    wire: body.extend(storedWire).meta({ id: kind.contract }),
    given: ({ name, coordinate }) => ({ name, coordinate }),
    make: (given, stored) => ({ ...stored, ...given }),
    uniques: [['name']],
    words: ({ name }) => [name],
    sortBy: 'name',
    readers: ROLES,
    usedBy: [usage],
    samples: {
      given: `one${situation}`,
      free: `no${situation}`,
      body: { name: 'MAKMUR', coordinate: '1.23124123151,-0.32413123' },
      patch: { name: '{newName}' },
      csv: 'name,coordinate\nMAKMUR,"1.23124123151,-0.32413123"\n',
      costs: {
        // As for areas, with one unique field and one search.
        create: { reads: 2, writes: 2 },
        update: { reads: 3, writes: 3 },
        remove: { reads: 3, writes: 2 },
        import: { reads: 2, writes: 2 },
      },
    },
  });

/** Main splitters (contract, "MainSplitter"). */
export const mainSplitterData = pointData({
  path: '/main_splitters',
  one: 'main splitter',
  many: 'main splitters',
  contract: 'MainSplitter',
  collection: mainSplitters,
  usage: MS_OF_CLIENTS,
  situation: 'MainSplitter',
});

/** Splitters (contract, "Splitter"). */
export const splitterData = pointData({
  path: '/splitters',
  one: 'splitter',
  many: 'splitters',
  contract: 'Splitter',
  collection: splitters,
  usage: SPLITTER_OF_CLIENTS,
  situation: 'Splitter',
});

/** Points of presence, which the contract knows by their names in a client alone. */
export const popData = pointData({
  path: '/pops',
  one: 'POP',
  many: 'POPs',
  contract: 'Pop',
  collection: pops,
  usage: POP_OF_CLIENTS,
  situation: 'Pop',
});
