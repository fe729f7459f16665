import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { cgs, noData } from '../desk.ts';
import { refusalsOf, rolesOf } from '../domain/moves.ts';
import { tickets } from './collection.ts';
import { validateBody } from '../domain/schemas.ts';
import { idText } from '../../../kernel/store/ids.ts';
import { decided } from './ticket-command.ts';

/** NOC's answer to any request of a FOC (contract, "Ticket 4"). */
export const validateRequest = cgs.endpoint({
  method: 'post',
  path: '/tickets/:id/validate/:evidenceId/:approved',
  summary: 'Approves or refuses a request',
  contract: 'Ticket 4',
  roles: rolesOf('validate'),
  refusals: refusalsOf('validate'),
  input: {
    ...noInput,
    params: z.strictObject({
      id: idText,
      evidenceId: idText.meta({ description: 'the id of the request in the log' }),
      approved: z.enum(['true', 'false']).meta({ description: 'true to approve it' }),
    }),
    body: validateBody,
  },
  status: 200,
  returns: 'no data',
  output: noData,
  cost: { reads: 2, writes: 1 },
  sample: { as: 'NOC', given: 'CheckInAsked', params: { approved: 'true' } },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: ({ input: { params, body }, change }) =>
    change({
      decide: decided(
        params.id,
        () => ({
          name: 'validate',
          evidenceId: params.evidenceId,
          approved: params.approved === 'true',
          approvalRemark: body?.approvalRemark ?? null,
        }),
        () => ({}),
      ),
    }),
});
