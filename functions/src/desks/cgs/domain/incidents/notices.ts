import type { Incident } from './schemas.ts';
import type { Recipient } from '../notices.ts';
import { ROLES } from '../vocabulary.ts';

/** What people are told of an incident: once, however many tickets it has. */
export type IncidentNoticeKind =
  | 'incidentOpened'
  | 'incidentRescheduled'
  | 'incidentNoted'
  | 'incidentClosed';

/** What is told of an incident; empty where there is none. */
export type IncidentNoticeValues = {
  readonly incidentId: string;
  readonly title: string;
  /** The part of the network that is down, or its segment. */
  readonly place: string;
  /** `2026-11-25 11:00 UTC` */
  readonly expectedEndAt: string;
  /** The newest note, or how the fault was repaired. */
  readonly remark: string;
};

/** A change that somebody is told of. */
export type IncidentNotice = {
  readonly kind: IncidentNoticeKind;
  readonly to: readonly Recipient[];
  readonly values: IncidentNoticeValues;
};

const CONCERNED = ROLES.filter((role) => role !== 'SuperAdmin');

type Told = Pick<IncidentNotice, 'kind'> & { readonly remark?: string };

const changesIn = (
  before: Incident | undefined,
  { notes, closing, expectedEndAt }: Incident,
): readonly Told[] => {
  if (before === undefined) return [{ kind: 'incidentOpened' }];
  const note = notes.length > before.notes.length ? notes.at(-1) : undefined;
  const isMoved = before.expectedEndAt?.getTime() !== expectedEndAt?.getTime();
  return [
    ...(isMoved ? [{ kind: 'incidentRescheduled' } as const] : []),
    ...(note ? [{ kind: 'incidentNoted', remark: note.remark } as const] : []),
    ...(closing && !before.closing
      ? [{ kind: 'incidentClosed', remark: closing.remark } as const]
      : []),
  ];
};

const timeOf = (at: Date | null): string =>
  at === null ? '' : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** What a change of an incident means for its region's NOC and crews. Each kind is there at most once,
 * and changes of its counts or of the work on its tickets say nothing. */
export const incidentNoticesOf = (
  before: Incident | undefined,
  after: Incident | undefined,
): readonly IncidentNotice[] => {
  if (after === undefined) return [];
  const { incidentId, title, part, networkSegment, region, expectedEndAt } = after;
  const place = part?.name ?? networkSegment ?? '';
  return changesIn(before, after).map(({ kind, remark = '' }) => ({
    kind,
    to: CONCERNED.map((role) => ({ role, region })),
    values: { incidentId, title, place, expectedEndAt: timeOf(expectedEndAt), remark },
  }));
};
