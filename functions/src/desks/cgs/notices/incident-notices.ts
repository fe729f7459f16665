import { addressed } from '../../../kernel/notify/addressed.ts';
import { noticeRule } from '../../../kernel/notify/desk-notices.ts';
import {
  type IncidentNoticeKind,
  incidentNoticesOf,
  type IncidentNoticeValues,
} from '../domain/incident-notices.ts';
import type { Incident } from '../domain/incident-schemas.ts';
import { incidents } from '../incidents/collection.ts';
import { audienceOf } from './audience.ts';
import { INCIDENT_TEXTS } from './incident-texts.ts';

/** Tells NOC and crews of an incident once, and not of each of its tickets. */
export const incidentNotices = noticeRule<Incident, IncidentNoticeKind, keyof IncidentNoticeValues>(
  {
    name: 'cgsIncidentNotices',
    collection: incidents,
    of: (before, after, id) =>
      addressed(incidentNoticesOf(before, after), audienceOf, {
        subject: { collection: incidents.name, id },
        region: after?.region ?? null,
      }),
    texts: INCIDENT_TEXTS,
    sample: {
      incidentId: 'INC-202611-0001',
      title: 'Backbone cut near Pasteur',
      place: 'SP BRAGA',
      expectedEndAt: '2026-11-25 11:00 UTC',
      remark: 'Splicing has begun.',
    },
    defaultPush: {
      incidentOpened: 'on',
      incidentRescheduled: 'on',
      incidentNoted: 'on',
      incidentClosed: 'on',
    },
  },
);
