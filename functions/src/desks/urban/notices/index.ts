import { BARE_PAGES } from '../../../kernel/http/answer-style.ts';
import type { DeskNotices } from '../../../kernel/notify/desk-notices.ts';
import { accessNotices } from '../../../kernel/notify/access-notices.ts';
import { notifyEndpoints } from '../../../kernel/notify/kit.ts';
import { urban } from '../desk.ts';
import { OWN_STYLE } from '../identity.ts';
import { ticketNotices } from './ticket-notices.ts';

/** What the desk notifies of. */
export const NOTICES: DeskNotices = {
  language: 'en',
  rules: [ticketNotices, accessNotices(urban.settings)],
};

/** The caller's notices, and what rings where. */
export const NOTIFY_ENDPOINTS = notifyEndpoints(
  urban,
  { ...OWN_STYLE, pages: BARE_PAGES },
  NOTICES,
);
