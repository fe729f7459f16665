import type { Endpoint } from '../../../kernel/http/endpoint.ts';
import { createUser } from './create-user.ts';
import { deleteUser } from './delete-user.ts';
import { accessEndpoints, type OtherDesk, withdrawCgsAccess } from './desk-access.ts';
import { getMe } from './get-me.ts';
import { getUser } from './get-user.ts';
import { grantCgsAccess } from './grant-cgs-access.ts';
import { IDENTITY_ENDPOINTS } from './identity.ts';
import { listUsers } from './list-users.ts';
import { OWN } from './removal.ts';
import { updateUser } from './update-user.ts';

/** Signing in and out, the people of this desk, and their access to the other desks. */
export const userEndpoints = (others: readonly OtherDesk[]): readonly Endpoint[] => [
  ...IDENTITY_ENDPOINTS,
  createUser,
  listUsers,
  getMe,
  getUser,
  updateUser([OWN, ...others]),
  deleteUser([OWN, ...others]),
  grantCgsAccess,
  withdrawCgsAccess,
  ...others.flatMap(accessEndpoints),
];
