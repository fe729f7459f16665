import { z } from 'zod';
import { SEARCH } from '../../../kernel/keywords.ts';
import { periodQuery } from '../../../kernel/period.ts';
import { searchFor, searchParam } from '../../../kernel/search.ts';
import type { Reads } from '../../../kernel/store/document.ts';
import { keywordsOfTicket } from '../domain/keywords.ts';
import { idParameter, placeQuery, prioritySchema, statusSchema } from '../domain/schemas.ts';
import { isUnknown, type Staff } from '../domain/ticket.ts';
import type { tickets } from '../records.ts';
import { namedIn } from './ticket-command.ts';

const oneOf = <N extends number>(schema: z.ZodLiteral<N>) =>
  z
    .enum([...schema.values].map(String))
    .transform(Number)
    .pipe(schema);

/** The filters of every list of tickets, in any combination. */
export const ticketFilters = {
  status: oneOf(statusSchema)
    .optional()
    .meta({ description: '0 open, 1 in progress, 2 resolved, 3 closed' }),
  priority: oneOf(prioritySchema).optional().meta({ description: '1 low, 2 medium, 3 high' }),
  ...periodQuery,
};

/** The query of a branch's tickets: where the caller acts, and the filters. */
export const branchQuery = {
  ...placeQuery,
  ...ticketFilters,
  subscriber_id: idParameter.optional().meta({ description: 'the number of a subscriber' }),
  q: searchParam(
    SEARCH,
    'words, or their beginnings, of the number, the title and the name of the subscriber',
  ),
};

const branchSchema = z.object(branchQuery);

type Compared = Parameters<typeof tickets.queries.ofBranch.where>[0];

/**
 * What the store compares: nothing can match a subscriber whom the caller does not reach, so that the
 * filter tells nobody whose ticket it is. `finds` compares the other words of a search.
 */
export const branchCriteria = (
  query: z.output<typeof branchSchema>,
  { reads, actor }: { readonly reads: Reads; readonly actor: Staff },
) => {
  const { isp_id: ispId, branch_id: branchId, subscriber_id: subscriberId } = query;
  const { status, priority, from, to } = query;
  const { keyword: keywords, finds } = searchFor(SEARCH, query.q);
  const compared: Compared = { ispId, branchId, subscriberId, status, priority, keywords };
  return {
    alternatives: isUnknown(subscriberId, namedIn({ reads }, subscriberId), actor)
      ? []
      : [compared],
    range: { from, to },
    finds: (ticket: Parameters<typeof keywordsOfTicket>[0]) =>
      finds(() => keywordsOfTicket(ticket)),
  };
};
