import type { DeskNotices } from '../../../kernel/notify/desk-notices.ts';
import { accessNotices } from '../../../kernel/notify/access-notices.ts';
import { notifyEndpoints } from '../../../kernel/notify/kit.ts';
import { isp, PAGES } from '../desk.ts';
import { OWN_STYLE } from '../identity.ts';
import { replyNotices, ticketNotices } from './ticket-notices.ts';

/** What the desk notifies of. */
export const NOTICES: DeskNotices = {
  language: 'en',
  rules: [ticketNotices, replyNotices, accessNotices(isp.settings)],
};

/** The caller's notices, and what rings where. */
export const NOTIFY_ENDPOINTS = notifyEndpoints(isp, { ...OWN_STYLE, pages: PAGES }, NOTICES);
