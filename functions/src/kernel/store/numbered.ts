import { z } from 'zod';
import type { Counter } from './group-commit.ts';

/** A number in a path; anything else is answered with 404. */
export const numberText = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .meta({ description: 'the number, as responses give it' });

export const byNumber = z.strictObject({ id: numberText });

/** `counters/<desk>-<kind>`: numbers one kind of a desk's documents without gaps. */
export const counterOf = (desk: string, kind: string) => (): Counter => ({
  collection: 'counters',
  id: `${desk}-${kind}`,
  initial: {},
});
