import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { cgs, resultOf } from '../desk.ts';
import { refusalsOf, rolesOf } from '../domain/moves.ts';
import { tickets } from './collection.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { decided } from './ticket-command.ts';

const acceptedSchema = z.object({
  id: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

/** Accepts an Open ticket; of several crews exactly one gets it (contract, "Ticket 3, accepted"). */
export const acceptTicket = cgs.endpoint({
  method: 'post',
  path: '/tickets/:id/ticketStatus/accept',
  summary: 'Accepts an Open ticket of the own region',
  contract: 'Ticket 3, accepted',
  roles: rolesOf('accept'),
  refusals: refusalsOf('accept'),
  input: { ...noInput, params: byId },
  status: 201,
  returns: 'the id and the dates of the ticket',
  output: resultOf(acceptedSchema),
  cost: { reads: 2, writes: 1 },
  sample: { as: 'FOC', given: 'Open' },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: ({ input, change }) =>
    change({
      decide: decided(
        input.params.id,
        () => ({ name: 'accept' }),
        ({ documentId, createdAt, updatedAt }) => ({
          result: {
            id: documentId,
            createdAt: createdAt.toISOString(),
            updatedAt: updatedAt.toISOString(),
          },
        }),
      ),
    }),
});
