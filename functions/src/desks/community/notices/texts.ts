import type { Language, Texts, Values } from '../../../kernel/notify/notice.ts';
import { titled } from '../../../kernel/notify/titled.ts';
import type { CommentKind, NoticeValues, TicketKind } from '../domain/notices.ts';
import { STATUSES } from '../domain/vocabulary.ts';

type Name = keyof NoticeValues;
type Code = (typeof STATUSES)[number]['codigo'];

/** The built-in statuses; in Spanish they have names of their own. */
const STATUS_NAMES = {
  NUEVO: { id: 'baru', en: 'new' },
  EN_REVISION: { id: 'ditinjau', en: 'in review' },
  EN_INVESTIGACION: { id: 'diselidiki', en: 'under investigation' },
  EN_PROCESO: { id: 'dikerjakan', en: 'in progress' },
  CANCELADO: { id: 'dibatalkan', en: 'cancelled' },
  RESUELTO: { id: 'selesai', en: 'resolved' },
} as const satisfies Record<Code, Record<Exclude<Language, 'es'>, string>>;

/** `: in progress`; nothing for a status that an administrator added. */
const status = (language: Language, { status: code }: Values<Name>): string => {
  const known = STATUSES.find(({ codigo }) => codigo === code);
  if (!known) return '';
  return `: ${language === 'es' ? known.descripcion : STATUS_NAMES[known.codigo][language]}`;
};

/** `#12 · La luz del pasillo no enciende.` */
const told = titled<Name>(({ subject, text }) => [`#${subject}`, text].filter(Boolean).join(' · '));

/** What a notice of a ticket says. */
export const TICKET_TEXTS = {
  created: told({ id: 'Laporan baru', en: 'New report', es: 'Nuevo reporte' }),
  statusChanged: told({
    id: (values) => `Status baru${status('id', values)}`,
    en: (values) => `New status${status('en', values)}`,
    es: (values) => `Nuevo estado${status('es', values)}`,
  }),
  canceled: told({ id: 'Laporan dibatalkan', en: 'Report cancelled', es: 'Reporte cancelado' }),
} as const satisfies Record<TicketKind, Texts<Name>>;

/** What a notice of a comment says. */
export const COMMENT_TEXTS = {
  commented: told({
    id: ({ author }) => `Komentar dari ${author}`,
    en: ({ author }) => `Comment by ${author}`,
    es: ({ author }) => `Comentario de ${author}`,
  }),
  replied: told({
    id: ({ author }) => `Balasan dari ${author}`,
    en: ({ author }) => `Reply by ${author}`,
    es: ({ author }) => `Respuesta de ${author}`,
  }),
} as const satisfies Record<CommentKind, Texts<Name>>;
