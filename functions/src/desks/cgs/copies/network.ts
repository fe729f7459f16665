import type { Client } from '../domain/schemas.ts';

export type Isp = NonNullable<Client['isp']>;
export type Place = NonNullable<Client['ms']>;

/** What clients copy of an ISP. */
export const ispOf = ({ id, name, initial, brand }: Isp): Isp => ({ id, name, initial, brand });

/** What clients copy of a main splitter, a splitter or a POP. */
export const placeOf = ({ id, name, coordinate }: Place): Place => ({ id, name, coordinate });
