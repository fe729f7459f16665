import { z } from 'zod';
import type { Profile } from './person.ts';

const time = z.iso.datetime();

/** A person's profile on the wire, the same at every desk. */
export const profileWire = z.object({
  id: z.string(),
  email: z.string(),
  nik: z.string(),
  name: z.string(),
  profilePhoto: z.string().nullable(),
  phoneNumber: z.string(),
  active: z.boolean().meta({ description: 'false: may not sign in to any desk' }),
  lastLoginAt: time.nullable(),
  createdAt: time,
  updatedAt: time,
});

export const profileToWire = (person: Profile): z.output<typeof profileWire> => {
  const { id, email, nik, name, profilePhoto, phoneNumber, active, lastLoginAt } = person;
  return {
    id,
    email,
    nik,
    name,
    profilePhoto,
    phoneNumber,
    active,
    lastLoginAt: lastLoginAt?.toISOString() ?? null,
    createdAt: person.createdAt.toISOString(),
    updatedAt: person.updatedAt.toISOString(),
  };
};
