import { z } from 'zod';
import type { Grant } from '../../../kernel/auth/grant.ts';

const time = z.iso.datetime();

/** A person of whatever desk, on the wire. */
export const personWireSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    nik: z.string(),
    name: z.string(),
    profilePhoto: z.string().nullable(),
    phoneNumber: z.string(),
    active: z.boolean(),
    access: z.record(z.string(), z.unknown()).meta({ description: 'by desk' }),
    lastLoginAt: time.nullable(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'Person' });

export const personToWire = (person: Grant): z.input<typeof personWireSchema> => {
  const { id, email, nik, name, profilePhoto, phoneNumber, active, access, lastLoginAt } = person;
  return {
    id,
    email,
    nik,
    name,
    profilePhoto,
    phoneNumber,
    active,
    access,
    lastLoginAt: lastLoginAt?.toISOString() ?? null,
    createdAt: person.createdAt.toISOString(),
    updatedAt: person.updatedAt.toISOString(),
  };
};
