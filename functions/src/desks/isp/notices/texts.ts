import type { Language, Texts, Values } from '../../../kernel/notify/notice.ts';
import { titled } from '../../../kernel/notify/titled.ts';
import type { NoticeValues, ReplyKind, TicketKind } from '../domain/notices.ts';

type Name = keyof NoticeValues;

/** By their numbers. */
const STATUS_NAMES = {
  id: ['terbuka', 'dikerjakan', 'terselesaikan', 'ditutup'],
  en: ['open', 'in progress', 'resolved', 'closed'],
  es: ['abierto', 'en curso', 'resuelto', 'cerrado'],
} as const satisfies Record<Language, readonly string[]>;

const statusName = (language: Language, { status }: Values<Name>): string =>
  STATUS_NAMES[language][Number(status)] ?? status;

/** `#7 · Connection Issue` */
const told = titled<Name>(({ ticket, title }) => `#${ticket} · ${title}`);

/** What a notice of a ticket says. */
export const TICKET_TEXTS = {
  created: told({ id: 'Tiket baru', en: 'New ticket', es: 'Nuevo ticket' }),
  statusChanged: told({
    id: (values) => `Status: ${statusName('id', values)}`,
    en: (values) => `Status: ${statusName('en', values)}`,
    es: (values) => `Estado: ${statusName('es', values)}`,
  }),
} as const satisfies Record<TicketKind, Texts<Name>>;

/** What a notice of a reply says. */
export const REPLY_TEXTS = {
  replied: told({
    id: ({ author }) => `Balasan dari ${author}`,
    en: ({ author }) => `Reply by ${author}`,
    es: ({ author }) => `Respuesta de ${author}`,
  }),
} as const satisfies Record<ReplyKind, Texts<Name>>;
