import { z } from 'zod';
import type { Grant } from '../auth/grant.ts';
import { newPassword } from '../auth/password.ts';
import { profileToWire, profileWire } from '../auth/profile-wire.ts';
import { editBody } from '../http/edit-body.ts';
import { accessPatch } from './declaration.ts';
import { personFields } from './fields.ts';

const { email, name, profilePhoto, phoneNumber } = personFields;

/** People of a desk need no number of an employee. */
const nik = z.string().trim().max(32);

/** The body that registers a person: without a password, they are invited by mail. */
export const registerBody = (access: z.ZodType<Record<string, unknown>>) =>
  z.strictObject({
    email,
    name,
    phoneNumber,
    nik: nik.default(''),
    profilePhoto,
    password: newPassword.optional(),
    access,
  });

export type RegisterBody = z.output<ReturnType<typeof registerBody>>;

/** A person as the administrators of one desk see them. */
export const personWire = (access: z.ZodType) =>
  profileWire
    .extend({
      access: access.meta({ description: 'what they may do at this desk' }),
      isShared: z.boolean().meta({
        description: 'has access to other desks too, so a SuperAdmin changes profile and password',
      }),
    })
    .meta({ id: 'Person' });

/** What a request may change of a profile, and the password. */
export const patchFields = {
  email: email.optional(),
  nik: nik.optional(),
  name: name.optional(),
  profilePhoto,
  phoneNumber: phoneNumber.optional(),
  password: newPassword.optional(),
};

/** The body that changes a person: what is left out stays as it is. */
export const updateBody = (access: z.ZodObject) =>
  editBody(
    z.strictObject({ ...patchFields, access: accessPatch(access).optional() }),
    personWire(access),
  );

export type UpdateBody = z.output<ReturnType<typeof updateBody>>;

/** Whether a person has access to other desks as well. */
export const isShared = ({ access }: Grant, desk: string): boolean =>
  Object.keys(access).some((each) => each !== desk);

/** A person in the wire's form. */
export const personToWire = (
  person: Grant,
  desk: string,
): z.input<ReturnType<typeof personWire>> => ({
  ...profileToWire(person),
  access: person.access[desk],
  isShared: isShared(person, desk),
});
