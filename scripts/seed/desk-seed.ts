import type { Store } from '../../functions/src/kernel/store/store.ts';

/** A person of the demo data; who works at several desks is named by each of them. */
export interface DemoPerson {
  readonly email: string;
  readonly name: string;
  readonly nik: string;
  readonly phoneNumber: string;
  /** What `npm start` prints beside the address: who this is at the desk. */
  readonly shown: { readonly role: string; readonly region?: string };
  /** `users/{uid}.access`, this desk's part. */
  readonly access: Readonly<Record<string, unknown>>;
}

/** The demo data of one desk. Another desk adds a file like `cgs.ts` and a line in `seed.ts`. */
export interface DeskSeed {
  readonly people: readonly DemoPerson[];
  /** Creates the desk's documents where they are missing; leaves all others as they are. */
  readonly fill: (store: Store, now: Date) => Promise<void>;
}
