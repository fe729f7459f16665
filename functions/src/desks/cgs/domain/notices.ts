import type { Ticket } from './schemas.ts';
import { waitingRequest } from './timeline.ts';
import type { CardStatus, Region, Resolution } from './vocabulary.ts';

/** A change that somebody is notified of. */
export type Notice =
  | { readonly kind: 'opened'; readonly region: Region }
  | { readonly kind: 'assigned'; readonly focId: string; readonly beforeId: string | null }
  | {
      readonly kind: 'needs-validation';
      readonly region: Region;
      readonly evidenceId: string;
      readonly statusName: CardStatus;
    }
  | {
      readonly kind: 'answered';
      readonly focId: string | null;
      readonly evidenceId: string;
      readonly approved: boolean;
    }
  | { readonly kind: 'paused' | 'resumed'; readonly focId: string | null }
  | {
      readonly kind: 'closed';
      readonly focId: string | null;
      readonly resolution: Resolution | null;
    }
  | { readonly kind: 'breached'; readonly region: Region };

const aboutRequests = (before: Ticket | null, { ticketLogs, region }: Ticket): Notice[] => {
  const focId = before?.foc?.id ?? null;
  const asked = waitingRequest(before?.ticketLogs ?? []);
  const asks = waitingRequest(ticketLogs);
  const answer =
    asked &&
    ticketLogs.find((card) => 'evidenceId' in card && card.evidenceId === asked.evidenceId);
  const answered: Notice[] =
    asked && answer && 'isApproved' in answer && answer.isApproved !== null
      ? [{ kind: 'answered', focId, evidenceId: asked.evidenceId, approved: answer.isApproved }]
      : [];
  const isNew = asks && asks.evidenceId !== asked?.evidenceId;
  return isNew
    ? [
        ...answered,
        {
          kind: 'needs-validation',
          region,
          evidenceId: asks.evidenceId,
          statusName: asks.statusName,
        },
      ]
    : answered;
};

/** What changed between two states of a ticket; `before` is null for a new one. */
export const noticesOf = (before: Ticket | null, after: Ticket): Notice[] => {
  const { latestStatus: status, region, resolution } = after;
  const focId = after.foc?.id ?? null;
  const beforeId = before?.foc?.id ?? null;
  const isMoved = before?.latestStatus !== status;
  const isResumed = before?.latestStatus === 'Pending' && status === before.statusBeforePending;
  const isBreached = before?.slaType !== 'OverSla' && after.slaType === 'OverSla';
  return [
    ...(isMoved && status === 'Open' ? [{ kind: 'opened', region } as const] : []),
    ...(focId && focId !== beforeId ? [{ kind: 'assigned', focId, beforeId } as const] : []),
    ...aboutRequests(before, after),
    ...(isMoved && status === 'Pending' ? [{ kind: 'paused', focId } as const] : []),
    ...(isResumed ? [{ kind: 'resumed', focId } as const] : []),
    ...(isMoved && status === 'Closed' ? [{ kind: 'closed', focId, resolution } as const] : []),
    ...(isBreached ? [{ kind: 'breached', region } as const] : []),
  ];
};
