import type { Received, Sender } from '../support/client.ts';
import type { TestApi } from '../support/harness.ts';

/** A place of a desk where photos are shown, set up anew. */
export interface PhotoPlace {
  /** Somebody who may name a photo there, and who else. */
  readonly sender: Sender & { readonly id: string };
  /** Names a photo in another document each time, such as a ticket; cgs has two. */
  readonly show: (path: string) => Promise<Received>;
  /** The ways to take the latest photo away again; none where nothing can. */
  readonly drops?: Readonly<Record<string, () => Promise<Received>>>;
  /** Who sees that document, and who does not. */
  readonly sees: Readonly<Record<string, Sender>>;
  readonly blind: Readonly<Record<string, Sender>>;
}

/** The fields of a desk that take photos. */
export type PhotoPlaces = Readonly<
  Record<
    string,
    {
      /** Its name in requests. */
      readonly field: string;
      readonly setUp: (api: TestApi) => Promise<PhotoPlace>;
    }
  >
>;
