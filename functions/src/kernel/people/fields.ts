import { z } from 'zod';
import { uploadIn } from '../media-path.ts';

/** The fields of a person that requests give, the same at every desk. */
export const personFields = {
  email: z.email().max(320).toLowerCase(),
  nik: z.string().trim().min(1).max(32),
  name: z.string().trim().min(1).max(120),
  profilePhoto: z
    .string()
    .max(2048)
    .refine(
      (value) =>
        uploadIn(value) !== undefined || z.url({ protocol: /^https$/ }).safeParse(value).success,
      'Send the path of an upload, or an https URL.',
    )
    .nullish(),
  phoneNumber: z
    .string()
    .trim()
    .regex(/^\+?[\d\s-]{5,20}$/, 'Send 5 to 20 digits, with a + in front if you like.'),
};
