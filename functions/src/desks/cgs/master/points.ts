import { z } from 'zod';
import type { Usage } from '../../../kernel/resource/declaration.ts';
import { UUIDS } from '../../../kernel/resource/ids.ts';
import { coordinateSchema } from '../domain/schemas.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { mainSplitters, type Point, pops, splitters } from './collections.ts';
import { mapPoint, nameField, storedWire } from './fields.ts';
import { masterData } from './master-data.ts';
import { MS_OF_CLIENTS, PART_OF_INCIDENTS, POP_OF_CLIENTS, SPLITTER_OF_CLIENTS } from './usages.ts';

const body = z.strictObject({ name: nameField, coordinate: coordinateSchema });

interface PointKind {
  readonly path: string;
  readonly one: string;
  readonly many: string;
  /** The contract's section, the end of the situations' names, and the record's name in OpenAPI. */
  readonly contract: string;
  readonly collection: typeof pops;
  readonly usedBy: readonly Usage<Point>[];
}

/** Parts of the network that have a name and a coordinate. */
const pointData = (kind: PointKind) =>
  masterData({
    ...kind,
    ids: UUIDS,
    body,
    patch: body.partial(),
    wire: body.extend(storedWire).meta({ id: kind.contract }),
    make: (given, stored) => ({ ...stored, ...given }),
    derived: mapPoint,
    uniques: [['name']],
    words: ({ name }) => [name],
    readers: ROLES,
    writers: ['SuperAdmin'],
    csv: true,
    samples: {
      given: `one${kind.contract}`,
      free: `no${kind.contract}`,
      body: { name: 'MAKMUR', coordinate: '1.23124123151,-0.32413123' },
      patch: { name: '{newName}' },
    },
  });

/** Main splitters (contract, "MainSplitter"). */
export const mainSplitterData = pointData({
  path: '/main_splitters',
  one: 'main splitter',
  many: 'main splitters',
  contract: 'MainSplitter',
  collection: mainSplitters,
  usedBy: [MS_OF_CLIENTS, PART_OF_INCIDENTS],
});

/** Splitters (contract, "Splitter"). */
export const splitterData = pointData({
  path: '/splitters',
  one: 'splitter',
  many: 'splitters',
  contract: 'Splitter',
  collection: splitters,
  usedBy: [SPLITTER_OF_CLIENTS, PART_OF_INCIDENTS],
});

/** Points of presence; the contract has only their names, in clients. */
export const popData = pointData({
  path: '/pops',
  one: 'POP',
  many: 'POPs',
  contract: 'Pop',
  collection: pops,
  usedBy: [POP_OF_CLIENTS, PART_OF_INCIDENTS],
});
