import type { Client } from '../domain/schemas.ts';

export type Isp = NonNullable<Client['isp']>;
export type Place = NonNullable<Client['ms']>;

/** The part of an ISP that clients copy. */
export const ispOf = ({ id, name, initial, brand }: Isp): Isp => ({ id, name, initial, brand });

/** The part of a main splitter, a splitter or a POP that clients copy. */
export const placeOf = ({ id, name, coordinate }: Place): Place => ({ id, name, coordinate });
