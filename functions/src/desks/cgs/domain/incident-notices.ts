import type { Incident } from './incident-schemas.ts';
import type { Recipient } from './notices.ts';
import { ROLES } from './vocabulary.ts';

/** What people are told of an incident: once, however many tickets it has. */
export const INCIDENT_NOTICE_KINDS = [
  'incidentOpened',
  'incidentRescheduled',
  'incidentNoted',
  'incidentClosed',
] as const;
export type IncidentNoticeKind = (typeof INCIDENT_NOTICE_KINDS)[number];

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

/** A change that somebody is told of; `by` made it, if that is known. */
export type IncidentNotice = {
  readonly kind: IncidentNoticeKind;
  readonly to: readonly Recipient[];
  readonly by: string | undefined;
  readonly values: IncidentNoticeValues;
};

const CONCERNED = ROLES.filter((role) => role !== 'SuperAdmin');

type Told = Pick<IncidentNotice, 'kind' | 'by'> & { readonly remark?: string };

const changesIn = (before: Incident | undefined, after: Incident): Told[] => {
  if (before === undefined) return [{ kind: 'incidentOpened', by: after.openedBy.id }];
  const isMoved = before.expectedEndAt?.getTime() !== after.expectedEndAt?.getTime();
  const note = after.notes.length > before.notes.length ? after.notes.at(-1) : undefined;
  const { closing } = after;
  const told = [
    isMoved && { kind: 'incidentRescheduled' as const, by: undefined },
    note && { kind: 'incidentNoted' as const, by: note.by.id, remark: note.remark },
    closing !== null &&
      before.closing === null && {
        kind: 'incidentClosed' as const,
        by: closing.by.id,
        remark: closing.remark,
      },
  ];
  return told.flatMap((each) => each || []);
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
  return changesIn(before, after).map(({ kind, by, remark = '' }) => ({
    kind,
    to: CONCERNED.map((role) => ({ role, region })),
    by,
    values: { incidentId, title, place, expectedEndAt: timeOf(expectedEndAt), remark },
  }));
};
