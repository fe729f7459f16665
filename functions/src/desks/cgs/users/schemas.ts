import { z } from 'zod';
import { newPassword } from '../../../kernel/auth/password.ts';
import { personFields } from '../../../kernel/people/fields.ts';
import { REGIONS, ROLES } from '../domain/vocabulary.ts';

const profile = {
  ...personFields,
  role: z.enum(ROLES),
  region: z.enum(REGIONS),
  area: z
    .string()
    .trim()
    .min(1)
    .max(120)
    .nullish()
    .meta({ description: 'id or name of an area of the region' }),
  active: z.boolean().optional(),
};

const isRepeated = (body: { password?: string | undefined; rePassword?: string | undefined }) =>
  body.password === body.rePassword;

const repeated = { path: ['rePassword'], error: 'Repeat the password exactly.' };

const passwords = { password: newPassword.optional(), rePassword: z.string().optional() };

/** `POST /v1/users` (contract, "User 1"); without a password, the person is invited by mail. */
export const createUserBody = z
  .strictObject({ ...profile, ...passwords })
  .refine(isRepeated, repeated);

export type CreateUser = z.output<typeof createUserBody>;

/** `PUT /v1/users/:id` (contract, "User 3"): what is left out stays as it is. */
export const updateUserBody = z
  .strictObject({ ...profile, ...passwords })
  .partial()
  .refine(isRepeated, repeated);

export type UpdateUser = z.output<typeof updateUserBody>;

/** The refusals of requests about people. */
export const USER_REFUSALS = {
  'user/not-found': { status: 404, message: 'No such user, or not in your reach. Check the id.' },
  'user/email-taken': { status: 409, message: 'Another user has this e-mail. Choose another.' },
  'user/has-tickets': {
    status: 409,
    message: 'This person has tickets in progress: assign them to others first.',
  },
  'user/last-superadmin': {
    status: 409,
    message: 'This is the last active SuperAdmin: make somebody else a SuperAdmin first.',
  },
  'user/self': { status: 409, message: 'Have another SuperAdmin do this to your own account.' },
} as const;
