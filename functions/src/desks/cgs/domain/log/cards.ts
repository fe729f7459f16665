import { type Card, type CommandName, MOVES } from '../moves.ts';
import type { CardStatus } from '../vocabulary.ts';

/** The cards that no row of `MOVES` describes. */
const FURTHER_CARDS = [
  { card: 'Draft', title: 'Draft', step: () => ({ status: 'Draft' }) },
  {
    card: 'OnGoing',
    title: 'Work goes on',
    step: (_, at) => ({ status: 'OnGoing', onGoingAt: at }),
  },
  {
    card: 'Closed',
    title: 'Closed',
    // The card before says how the ticket was closed and when the work was done.
    step: ({ resolution, closedAt }, at) => ({
      status: 'Closed',
      resolution: resolution ?? 'Finished',
      closedAt: closedAt ?? at,
    }),
  },
] as const satisfies readonly Card[];

type WithCard =
  | Extract<(typeof MOVES)[CommandName], { card: CardStatus }>
  | (typeof FURTHER_CARDS)[number];
type Cards = { readonly [C in WithCard as C['card']]: C };

function byStatus(cards: readonly WithCard[]): Cards;
function byStatus(cards: readonly WithCard[]) {
  return Object.fromEntries(cards.map((card) => [card.card, card]));
}

/** The title and the step of each card status; a status without a row does not compile. */
export const CARDS = byStatus([
  ...Object.values(MOVES).filter((move) => 'card' in move),
  ...FURTHER_CARDS,
]) satisfies Record<CardStatus, { title: string }>;
