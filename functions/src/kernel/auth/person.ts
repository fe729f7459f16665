import { z } from 'zod';
import { collection } from '../store/collection.ts';

/**
 * `users/{uid}`: a person's profile and the desks that they may use. The backend and the security
 * rules both go by this document. Each desk has its own schema for `access.<desk>`. Passwords are in
 * the account of the same uid in Firebase Authentication.
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
  /** Sign-ins from before this moment are no longer valid. */
  validAfter: z.date(),
  lastLoginAt: z.date().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});

export type Profile = z.output<typeof profileSchema>;

export const people = collection('users', profileSchema, {
  unindexed: ['profilePhoto'],
});
