import type { Reads } from '../../../kernel/store/document.ts';
import type { Store } from '../../../kernel/store/store.ts';
import type { AreaRef, Client } from '../domain/schemas.ts';
import type { Region } from '../domain/vocabulary.ts';
import { clients } from '../master/collections.ts';
import { areaIn } from '../master/find-area.ts';

interface Request {
  readonly client?: string | null | undefined;
  readonly area?: string | null | undefined;
}

/** The client that a request names, as a document to load. */
export const clientKeys = ({ client }: Request) => (client == null ? [] : [clients.doc(client)]);

/** The client and the area that a request names; null for what it does not name or does not exist.
 * An area is looked for in the region that `regionOf` gives for the client. */
export const namedBy = async (
  { client: clientId, area }: Request,
  { store, reads }: { readonly store: Store; readonly reads: Reads },
  regionOf: (client: Client | null) => Region | undefined,
): Promise<{ client: Client | null; area: AreaRef | null }> => {
  const client = clientId == null ? null : (reads.get(clients.doc(clientId))?.data ?? null);
  const region = area == null ? undefined : regionOf(client);
  const found = area == null || region === undefined ? null : await areaIn(store, region, area);
  return { client, area: found ?? null };
};
