import { BARE_PAGES } from '../../../kernel/http/answer-style.ts';
import type { DeskNotices } from '../../../kernel/notify/desk-notices.ts';
import { accessNotices } from '../../../kernel/notify/access-notices.ts';
import { notifyEndpoints } from '../../../kernel/notify/kit.ts';
import { community } from '../desk.ts';
import { OWN_STYLE } from '../identity.ts';
import { commentNotices, ticketNotices } from './ticket-notices.ts';

/** What the desk notifies of. */
export const NOTICES: DeskNotices = {
  language: 'es',
  rules: [ticketNotices, commentNotices, accessNotices(community.settings)],
};

/** The caller's notices, and what rings where. */
export const NOTIFY_ENDPOINTS = notifyEndpoints(
  community,
  { ...OWN_STYLE, pages: BARE_PAGES },
  NOTICES,
);
