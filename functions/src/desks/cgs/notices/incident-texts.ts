import type { Texts } from '../../../kernel/notify/notice.ts';
import { titled } from '../../../kernel/notify/titled.ts';
import type { IncidentNoticeKind, IncidentNoticeValues } from '../domain/incidents/notices.ts';

type Name = keyof IncidentNoticeValues;

/** `INC-202611-0001 · Backbone cut, SP BRAGA · 96 cores spliced.` */
const told = titled<Name>(({ incidentId, title, place, remark }) =>
  [incidentId, [title, place].filter(Boolean).join(', '), remark].filter(Boolean).join(' · '),
);

/** What a notice of an incident says. */
export const INCIDENT_TEXTS = {
  incidentOpened: told({ id: 'Gangguan jaringan', en: 'Network incident', es: 'Avería de red' }),
  incidentRescheduled: told({
    id: ({ expectedEndAt }) =>
      expectedEndAt ? `Perkiraan selesai ${expectedEndAt}` : 'Waktu selesai belum diketahui',
    en: ({ expectedEndAt }) =>
      expectedEndAt ? `Expected to end ${expectedEndAt}` : 'The end is not known yet',
    es: ({ expectedEndAt }) =>
      expectedEndAt ? `Fin previsto ${expectedEndAt}` : 'Aún no se sabe cuándo termina',
  }),
  incidentNoted: told({
    id: 'Kabar gangguan jaringan',
    en: 'News of a network incident',
    es: 'Novedades de una avería de red',
  }),
  incidentClosed: told({
    id: 'Gangguan jaringan selesai',
    en: 'The network incident is over',
    es: 'La avería de red terminó',
  }),
} as const satisfies Record<IncidentNoticeKind, Texts<Name>>;
