import { refuse } from '../../../kernel/decision.ts';
import type { Decision } from './command.ts';
import { documentSize } from './document-size.ts';
import type { Ticket } from './schemas.ts';

/** The most bytes that the tickets of one commit may change: Firestore takes 10 MiB. */
export const BULK_FULL_AT = 8_000_000;

/** A ticket that a request names; undefined when it does not exist. */
type Asked = { readonly seen: { readonly data: Ticket } | undefined };

/** Decides the same for several tickets, each for itself. What does not fit into one commit together
 * with those before it is refused. */
export const decideEach = <A extends Asked>(
  asked: readonly A[],
  decide: (ticket: Ticket) => Decision,
): readonly (A & { readonly decision: Decision })[] => {
  let size = 0;
  const decisionOn = (ticket: Ticket): Decision => {
    const decision = decide(ticket);
    if (!decision.ok) return decision;
    const grown = size + documentSize({ ...decision.patch, documentId: ticket.documentId });
    if (grown > BULK_FULL_AT) return refuse('ticket/bulk-full');
    size = grown;
    return decision;
  };
  return asked.map((each) => {
    const ticket = each.seen?.data;
    return { ...each, decision: ticket ? decisionOn(ticket) : refuse('ticket/not-found') };
  });
};
