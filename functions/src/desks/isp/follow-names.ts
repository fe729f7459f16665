import { copiesIn, fanOut } from '../../kernel/store/fan-out.ts';
import { subscribers, tickets } from './records.ts';
import type { Subscriber, Ticket } from './domain/schemas.ts';
import { keywordsOfTicket } from './domain/keywords.ts';
import { isFromElsewhere } from './domain/ticket.ts';

const partOf = ({ id, ispId, name }: Subscriber) => ({ id, ispId, name });
type Part = ReturnType<typeof partOf>;

/** Copies a subscriber's new name to all of their tickets, including closed ones. */
export const followNames = fanOut<Subscriber, Part>({
  name: 'ispSubscribers',
  source: subscribers,
  part: partOf,
  copies: [
    copiesIn<Part, Ticket>({
      collection: tickets,
      holders: (_, { now: { id, ispId } }) => [
        tickets.queries.ofSubscriber.where({ ispId, subscriberId: id }),
      ],
      follow: (ticket, { now: { id, name } }) => {
        if (ticket.subscriberId !== id || isFromElsewhere(ticket)) return {};
        const keywords = keywordsOfTicket({ ...ticket, subscriberName: name });
        return { subscriberName: name, keywords };
      },
    }),
  ],
});
