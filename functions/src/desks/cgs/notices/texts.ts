import type { Language, Texts, Values } from '../../../kernel/notify/notice.ts';
import { titled } from '../../../kernel/notify/titled.ts';
import type { NoticeKind, NoticeValues } from '../domain/notices.ts';
import { type Request, REQUESTS } from '../domain/vocabulary.ts';

type Name = keyof NoticeValues;

/** What a crew asks NOC for. */
const WISHES = {
  CheckedIn: { id: 'tiba di lokasi', en: 'arrival at the site', es: 'llegada al sitio' },
  LinkChecking: { id: 'pemeriksaan link', en: 'link check', es: 'prueba del enlace' },
  Finishing: { id: 'pekerjaan selesai', en: 'finished work', es: 'trabajo terminado' },
  Pending: { id: 'penundaan', en: 'pause', es: 'pausa' },
  Canceled: { id: 'pembatalan', en: 'cancellation', es: 'cancelación' },
  Reassign: { id: 'penggantian teknisi', en: 'replacement', es: 'relevo' },
} as const satisfies Record<Request, Record<Language, string>>;

const wish = (language: Language, { request }: Values<Name>): string => {
  const known = REQUESTS.find((each) => each === request);
  return known ? WISHES[known][language] : request;
};

/** `TRB-202611-0001 · Warung Kopi Dago, BANDUNG` */
const told = titled<Name>(
  ({ ticketId, client, area }) => `${ticketId} · ${[client, area].filter(Boolean).join(', ')}`,
);

/** What a notice of a ticket says. */
export const TICKET_TEXTS = {
  opened: told({ id: 'Tiket baru', en: 'New ticket', es: 'Nuevo ticket' }),
  assigned: told({
    id: 'Tiket ini untuk Anda',
    en: 'This ticket is yours',
    es: 'Este ticket es suyo',
  }),
  takenOver: told({
    id: ({ foc }) => `Tiket Anda dialihkan ke ${foc}`,
    en: ({ foc }) => `Your ticket went to ${foc}`,
    es: ({ foc }) => `Su ticket pasó a ${foc}`,
  }),
  released: told({
    id: 'Tiket terbuka lagi: belum dikerjakan',
    en: 'Open again: nobody started it',
    es: 'Abierto de nuevo: nadie lo empezó',
  }),
  requested: told({
    id: (values) => `Menunggu validasi: ${wish('id', values)}`,
    en: (values) => `Waits for validation: ${wish('en', values)}`,
    es: (values) => `Espera validación: ${wish('es', values)}`,
  }),
  approved: told({
    id: (values) => `Disetujui: ${wish('id', values)}`,
    en: (values) => `Approved: ${wish('en', values)}`,
    es: (values) => `Aprobado: ${wish('es', values)}`,
  }),
  refused: told({
    id: (values) => `Ditolak: ${wish('id', values)}`,
    en: (values) => `Refused: ${wish('en', values)}`,
    es: (values) => `Rechazado: ${wish('es', values)}`,
  }),
  paused: told({ id: 'Tiket Anda ditunda', en: 'Your ticket is paused', es: 'Su ticket en pausa' }),
  resumed: told({
    id: 'Tiket Anda dilanjutkan',
    en: 'Your ticket goes on',
    es: 'Su ticket continúa',
  }),
  closed: told({ id: 'Tiket selesai', en: 'Ticket finished', es: 'Ticket terminado' }),
  canceled: told({ id: 'Tiket dibatalkan', en: 'Ticket canceled', es: 'Ticket cancelado' }),
  noteAdded: told({ id: 'Catatan baru', en: 'New note', es: 'Nueva nota' }),
  notAccepted: told({
    id: 'Belum ada yang menerima tiket ini',
    en: 'Nobody has accepted this ticket',
    es: 'Nadie ha aceptado este ticket',
  }),
  notStarted: told({
    id: ({ foc }) => `Belum dikerjakan oleh ${foc}`,
    en: ({ foc }) => `Not started yet by ${foc}`,
    es: ({ foc }) => `Aún no empezado por ${foc}`,
  }),
  dueSoon: told({
    id: ({ minutes }) => `SLA berakhir dalam ${minutes} menit`,
    en: ({ minutes }) => `The SLA ends in ${minutes} min`,
    es: ({ minutes }) => `El SLA vence en ${minutes} min`,
  }),
  breached: told({ id: 'SLA terlampaui', en: 'The SLA is over', es: 'SLA vencido' }),
} as const satisfies Record<NoticeKind, Texts<Name>>;
