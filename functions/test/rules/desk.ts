import type { Document } from './document.ts';
import type { Expectation } from './expectation.ts';
import type { Listeners, Me } from '../../src/kernel/store/listener.ts';
import type { Person } from './people.ts';

/** An active person of a desk, and the values that their app puts into its queries. */
export type Seat = { readonly person: Person; readonly role: string; readonly me: Me };

/** All that the rules of one desk are checked against. */
export type Desk = {
  /** As in the heading of the desk's section of firestore.rules. */
  readonly name: string;
  readonly staff: readonly Seat[];
  /** Everyone whose document the tests need. */
  readonly people: readonly Person[];
  readonly documents: readonly Document[];
  /** One document of each collection that the rules let somebody read. */
  readonly readable: readonly string[];
  /** What its apps listen to; docs/listening.md shows each of them. */
  readonly listeners: Listeners;
  readonly gets: readonly Expectation[];
  readonly lists: readonly Expectation[];
  readonly writes: readonly Expectation[];
};
