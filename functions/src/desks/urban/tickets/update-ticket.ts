import { editBody, readOnlyChanges } from '../../../kernel/http/edit-body.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import {
  ATTACH_REFUSALS,
  droppedMedia,
  type Edited,
  editedMedia,
} from '../../../kernel/media/attach.ts';
import { mediaKeys, namedIn } from '../../../kernel/media/paths.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Reads } from '../../../kernel/store/document.ts';
import { urban } from '../desk.ts';
import { byId, tickets } from '../records.ts';
import { updateTicketBody } from '../domain/schemas.ts';
import { decided } from './ticket-command.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { ticketWireSchema, ticketWithPeopleSchema, toWireWithPeople } from '../wire.ts';

/** Changes the details of a ticket that is not final, but not its status. */
export const updateTicket = urban.endpoint({
  method: 'put',
  path: '/tickets/:id',
  summary: 'Changes the details of a ticket; omitted fields stay as they are',
  returns: 'the ticket as it is now',
  contract: 'Permissions, ticket:write',
  roles: ROLES,
  refusals: [
    'ticket/not-found',
    'ticket/forbidden',
    'ticket/final',
    'ticket/notes-full',
    ...ATTACH_REFUSALS,
  ],
  input: { ...noInput, params: byId, body: editBody(updateTicketBody, ticketWithPeopleSchema) },
  status: 200,
  output: ticketWireSchema,
  cost: { reads: 2, writes: 1 },
  audit: 'ticket',
  sample: {
    as: 'Reader',
    given: 'pending',
    body: { category: 'ELECTRICITY', title: 'Elevator without power', notes: 'Asked the janitor.' },
  },
  loads: ({ params, body }) => [
    tickets.doc(params.id),
    ...mediaKeys(namedIn('attachments', body.asked.attachments)),
  ],
  handle: ({ input: { params, body }, runtime, store, change }) => {
    const { asked, sent } = body;
    const { mediaHosts: hosts } = runtime.config;
    const key = tickets.doc(params.id);
    const edited = (reads: Reads): Edited => {
      const before = reads.get(key)?.data.attachments;
      return { holder: key.path, before, after: asked.attachments };
    };
    const edit = decided(
      params.id,
      () => ({ name: 'edit', asked }),
      (ticket) => readOnlyChanges(sent, updateTicketBody, toWireWithPeople(ticket)),
    );
    return change({
      gather: (reads) => droppedMedia(store, edited(reads)),
      decide: ({ gathered, ...situation }) => {
        const { reads, actor, now } = situation;
        const plan = edit(situation);
        if (plan instanceof Problem) return plan;
        const attaching = { reads, by: actor.self.id, hosts, now };
        const photos = editedMedia('attachments', edited(reads), gathered, attaching);
        return photos instanceof Problem
          ? photos
          : { ...plan, writes: [...plan.writes, ...photos] };
      },
    });
  },
});
