import { noticeRule } from '../../../kernel/notify/desk-notices.ts';
import { incidentNoticesOf } from '../domain/incidents/notices.ts';
import { incidents } from '../incidents/collection.ts';
import { audienceOf } from './audience.ts';
import { INCIDENT_TEXTS } from './incident-texts.ts';

/** Tells NOC and crews of an incident once, and not of each of its tickets. */
export const incidentNotices = noticeRule({
  name: 'cgsIncidentNotices',
  collection: incidents,
  of: incidentNoticesOf,
  audienceOf,
  regionOf: ({ region }) => region,
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
});
