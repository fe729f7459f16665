import type { Endpoint } from '../../../kernel/http/endpoint.ts';
import type { OtherDesk } from '../users/desk-access.ts';
import { OWN } from '../users/removal.ts';
import { deletePerson } from './delete-person.ts';
import { getPerson } from './get-person.ts';
import { listPeople } from './list-people.ts';
import { registerPerson } from './register-person.ts';
import { updatePerson } from './update-person.ts';

/** Everybody, whatever desk they are of; their access is at `/users/:id/access/<desk>`. */
export const peopleOfAllDesks = (others: readonly OtherDesk[]): readonly Endpoint[] => [
  listPeople,
  registerPerson(others),
  getPerson,
  updatePerson([OWN, ...others]),
  deletePerson([OWN, ...others]),
];
