import { grants } from '../../../kernel/auth/grant.ts';
import { type Endpoint, noInput } from '../../../kernel/http/endpoint.ts';
import type { WorkDesk } from '../../../kernel/people/work.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { cgs, resultOf } from '../desk.ts';
import { deletionOf } from '../users/delete-user.ts';
import { personToWire, personWireSchema } from './wire.ts';

/** Deletes anybody who has no work in progress. */
export const deletePerson = (desks: readonly WorkDesk[]): Endpoint =>
  cgs.endpoint({
    ...deletionOf(desks),
    path: '/people/:id',
    summary: 'Deletes a person of whatever desk who has no ticket in progress at any',
    contract: 'Common to all four, people',
    input: { ...noInput, params: byId },
    output: resultOf(personWireSchema),
    sample: { as: 'SuperAdmin', given: 'somebody' },
    loads: ({ params }) => [grants.doc(params.id)],
    handle: (context) =>
      deletionOf(desks).handle(context, (reads, id) => {
        const seen = reads.get(grants.doc(id));
        return seen && { seen, answer: { result: personToWire(seen.data) } };
      }),
  });
