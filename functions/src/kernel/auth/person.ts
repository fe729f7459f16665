import { z } from 'zod';
import { collection } from '../store/collection.ts';

/**
 * `users/{uid}`: a person and the desks that they may use. The backend and the security rules both
 * go by this document. Each desk has its own schema for `access.<desk>`.
 *
 * A person is this profile; an account is the entry of the same uid in Firebase Authentication.
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
  /** Sign-ins from before this moment are no longer valid. */
  validAfter: z.date(),
  lastLoginAt: z.date().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});

export type Person = z.output<typeof personSchema>;

export const people = collection('users', personSchema, {
  unindexed: ['changeIds', 'profilePhoto'],
});
