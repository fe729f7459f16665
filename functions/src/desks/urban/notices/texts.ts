import type { Language, Texts, Values } from '../../../kernel/notify/notice.ts';
import { titled } from '../../../kernel/notify/titled.ts';
import type { NoticeKind, NoticeValues } from '../domain/notices.ts';
import { type Status, STATUSES } from '../domain/vocabulary.ts';

type Name = keyof NoticeValues;

const STATUS_NAMES = {
  PENDING: { id: 'menunggu', en: 'pending', es: 'pendiente' },
  IN_PROGRESS: { id: 'dikerjakan', en: 'in progress', es: 'en curso' },
  COMPLETED: { id: 'selesai', en: 'completed', es: 'completado' },
  CANCELLED: { id: 'dibatalkan', en: 'cancelled', es: 'cancelado' },
} as const satisfies Record<Status, Record<Language, string>>;

const statusName = (language: Language, { status }: Values<Name>): string => {
  const known = STATUSES.find((each) => each === status);
  return known ? STATUS_NAMES[known][language] : status;
};

const told = titled<Name>(({ title }) => title);

/** What a notice of a ticket says. */
export const TICKET_TEXTS = {
  created: told({ id: 'Laporan baru', en: 'New report', es: 'Nuevo reporte' }),
  assigned: told({
    id: 'Laporan ini untuk Anda',
    en: 'This report is assigned to you',
    es: 'Este reporte es para usted',
  }),
  takenOver: told({
    id: ({ technician }) => `Dialihkan ke ${technician}`,
    en: ({ technician }) => `Taken over by ${technician}`,
    es: ({ technician }) => `Pasó a ${technician}`,
  }),
  statusChanged: told({
    id: (values) => `Status: ${statusName('id', values)}`,
    en: (values) => `Status: ${statusName('en', values)}`,
    es: (values) => `Estado: ${statusName('es', values)}`,
  }),
  noteAdded: told({ id: 'Catatan baru', en: 'New note', es: 'Nueva nota' }),
} as const satisfies Record<NoticeKind, Texts<Name>>;
