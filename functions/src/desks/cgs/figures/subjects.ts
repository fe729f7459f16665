import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Ticket } from '../domain/schemas.ts';

/** What figures are broken down by, besides month and region. */
export const DIMENSIONS = ['foc', 'area', 'isp', 'indication'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** A FOC, an area and so on; its id is safe in the id of a document. The name is the latest one. */
const subjectSchema = z.object({ id: z.string(), name: z.string() });
export type Subject = z.output<typeof subjectSchema>;

export const subjectsSchema = z.object({
  foc: subjectSchema.nullable(),
  area: subjectSchema.nullable(),
  isp: subjectSchema.nullable(),
  indication: subjectSchema.nullable(),
} satisfies Record<Dimension, z.ZodType>);
export type Subjects = z.output<typeof subjectsSchema>;

/** An id for what people wrote, in any letter case. */
const idOf = (text: string): string =>
  createHash('sha256').update(text.trim().toLowerCase()).digest('base64url').slice(0, 22);

const indicationOf = ({ indicationCategory: category, indication }: Ticket): Subject =>
  indication === null
    ? { id: category, name: category }
    : { id: `${category}-${idOf(indication)}`, name: `${category}: ${indication}` };

/** What a ticket counts for: the FOC who has it now, or had it last. */
export const subjectsOf = (ticket: Ticket): Subjects => {
  const { foc, client } = ticket;
  const { city, isp } = client;
  return {
    foc: foc && { id: foc.id, name: foc.name },
    area: city && { id: city.id, name: city.name },
    isp: isp && { id: isp.id ?? idOf(isp.name), name: isp.name },
    indication: indicationOf(ticket),
  };
};
