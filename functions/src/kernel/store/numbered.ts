import { z } from 'zod';
import type { Counter } from './group-commit.ts';

/** A number in a path; what is none names nothing and answers 404. */
export const numberText = z.string().regex(/^[1-9]\d{0,14}$/);

export const byNumber = z.strictObject({ id: numberText });

/** `counters/<desk>-<kind>`: a row of numbers without gaps for one kind of a desk's documents. */
export const counterOf = (desk: string, kind: string) => (): Counter => ({
  collection: 'counters',
  id: `${desk}-${kind}`,
  initial: {},
});
