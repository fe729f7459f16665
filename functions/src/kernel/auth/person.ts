import { z } from 'zod';
import { collection } from '../store/collection.ts';

/**
 * `users/{uid}`: who somebody is and which desks they may use. It is the truth for the backend
 * and for the security rules alike. What stands under `access.<desk>` is that desk's own business.
 */
export const personSchema = z.object({
  id: z.string(),
  email: z.string(),
  nik: z.string(),
  name: z.string(),
  profilePhoto: z.string().nullable(),
  phoneNumber: z.string(),
  active: z.boolean(),
  access: z.record(z.string(), z.unknown()),
  /** Sign-ins from before this moment are void. */
  validAfter: z.date(),
  lastLoginAt: z.date().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});

export type Person = z.output<typeof personSchema>;

export const people = collection('users', personSchema, {
  unindexed: ['changeIds', 'profilePhoto'],
});
