import type { DocKey, Reads } from '../../../kernel/store/document.ts';
import type { Alternative } from '../../../kernel/store/query.ts';
import type { Part } from '../domain/incidents/schemas.ts';
import type { NetworkPart } from '../domain/incidents/vocabulary.ts';
import type { Client } from '../domain/schemas.ts';
import type { Region } from '../domain/vocabulary.ts';
import { clients, isps, mainSplitters, pops, splitters } from '../master/collections.ts';

type Named = { readonly id: string; readonly name: string };

const { connectedToSplitter, connectedToMainSplitter, connectedToPop, connectedToIsp } =
  clients.queries;

/** A part of each kind: its record, and the active clients of a region that are connected to it. */
const PARTS = {
  Splitter: {
    doc: (id) => splitters.doc(id),
    clients: (id, region) =>
      connectedToSplitter.where({ region, status: 'Active', 'splitter.id': id }),
  },
  MainSplitter: {
    doc: (id) => mainSplitters.doc(id),
    clients: (id, region) =>
      connectedToMainSplitter.where({ region, status: 'Active', 'ms.id': id }),
  },
  Pop: {
    doc: (id) => pops.doc(id),
    clients: (id, region) => connectedToPop.where({ region, status: 'Active', 'pop.id': id }),
  },
  Isp: {
    doc: (id) => isps.doc(id),
    clients: (id, region) => connectedToIsp.where({ region, status: 'Active', 'isp.id': id }),
  },
} as const satisfies Record<
  NetworkPart,
  {
    readonly doc: (id: string) => DocKey<Named>;
    readonly clients: (id: string, region: Region) => Alternative<Client>;
  }
>;

type PartRef = Pick<Part, 'kind' | 'id'>;

/** The record that a request names as a part, as a document to load; none if it names none. */
export const partKeys = (part: PartRef | null | undefined): readonly DocKey<Named>[] =>
  part == null ? [] : [PARTS[part.kind].doc(part.id)];

/** The part that a request names, as it is called now; undefined for one that does not exist. */
export const partIn = (reads: Reads, part: PartRef): Part | undefined => {
  const name = reads.get<Named>(PARTS[part.kind].doc(part.id))?.data.name;
  return name === undefined ? undefined : { ...part, name };
};

/** The active clients of a region that are connected to a part, in the order of their ids. */
export const clientsOf = ({ kind, id }: PartRef, region: Region): Alternative<Client> =>
  PARTS[kind].clients(id, region);
