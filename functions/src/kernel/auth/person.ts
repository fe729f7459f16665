import { z } from 'zod';
import { collection } from '../store/collection.ts';

/**
 * `users/{uid}`: what lists and listeners show of a person. `access` has only the desks that list
 * their people there. It is written with `grants/{uid}`, in the same commit; nothing is decided by it.
 */
export const profileSchema = z.object({
  id: z.string(),
  email: z.string(),
  nik: z.string(),
  name: z.string(),
  profilePhoto: z.string().nullable(),
  phoneNumber: z.string(),
  active: z.boolean(),
  access: z.record(z.string(), z.unknown()),
  lastLoginAt: z.date().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});

export type Profile = z.output<typeof profileSchema>;

export const people = collection('users', profileSchema, {
  unindexed: ['profilePhoto'],
});
