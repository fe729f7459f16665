import type { LogCard, Ticket } from '../../../src/desks/cgs/domain/schemas.ts';
import type { Shown } from '../../histories/desk-history.ts';
import { SUPERVISOR } from './history-people.ts';

export const COORDINATE = '-6.9147,107.6098';
/** What a crew sends when it has no photo of its own. */
export const EVIDENCE = {
  mediaUrl: 'https://media.example/evidence.jpg',
  locationCoordinate: COORDINATE,
};

/** The entries of a ticket, by which its requests know theirs. */
export const movedBy = (name: string): string => `moved by ${name}`;
export const said = (mark: string, photo?: string): string =>
  photo === undefined ? `said ${mark}` : `said ${mark}, showing ${photo}`;
export const answered = (mark: string): string => `answered ${mark}`;
export const edited = (mark: string): string => `edited ${mark}`;

/** The clock's name in a ticket's log. */
const CLOCK = 'System';

/** The entry of a log card; none of one that follows from another. */
const entryOf = (card: LogCard, index: number): string[] => {
  const { name } = card.bubbleOption;
  const remark = 'remark' in card ? card.remark : null;
  if (index === 0 || card.statusName === 'Closed' || name === CLOCK) return [];
  if (card.cardType === 'RequestValidationDone') {
    const isOverruled = card.approvalRemark?.startsWith('Refused: ') === true;
    return isOverruled ? [] : [answered(card.approvalRemark ?? '')];
  }
  // An assignment has a remark only if it replaces a FOC.
  if (remark === null || name === SUPERVISOR) return [movedBy(name)];
  const shown = 'mediaUrl' in card ? (card.mediaUrl ?? undefined) : undefined;
  return [said(remark, shown === EVIDENCE.mediaUrl ? undefined : shown)];
};

/** A ticket that the clock gave back to the crews goes back once, and nothing stays due. */
const clockFaults = ({ ticketLogs, nextTimerAt }: Ticket, now: Date): string[] => {
  const moves = ticketLogs.filter(({ statusName }) => statusName !== 'Note');
  const isReleased = ({ statusName, bubbleOption }: LogCard): boolean =>
    statusName === 'Open' && bubbleOption.name === CLOCK;
  const twice = moves.some((card, index) => {
    const before = moves[index - 1];
    return before !== undefined && isReleased(card) && before.statusName === 'Open';
  });
  const isLate = nextTimerAt !== null && nextTimerAt <= now;
  return [
    ...(twice ? ['was given back twice'] : []),
    ...(isLate ? [`is due since ${nextTimerAt.toISOString()}`] : []),
  ];
};

/** What a stored ticket shows of the requests and of the clock. */
export const shownOf = (ticket: Ticket, path: string, now: Date): Shown => {
  const { locationRemark, ticketId, incident, ticketLogs, edits } = ticket;
  return {
    adds: [
      { what: `ticket ${locationRemark ?? ''}` },
      ...ticketLogs.flatMap(entryOf).map((what) => ({ what, in: path })),
      ...edits.flatMap(({ changes }) =>
        changes
          .filter(({ field }) => field === 'remark')
          .map(({ to }) => ({ what: edited(to ?? ''), in: path })),
      ),
    ],
    values: { ticketId, incident: incident?.id ?? null },
    faults: clockFaults(ticket, now),
  };
};
