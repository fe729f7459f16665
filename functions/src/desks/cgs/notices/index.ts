import type { DeskNotices } from '../../../kernel/notify/desk-notices.ts';
import { accessNotices } from '../../../kernel/notify/access-notices.ts';
import { notifyEndpoints } from '../../../kernel/notify/kit.ts';
import { cgs, PAGES } from '../desk.ts';
import { OWN_STYLE } from '../users/identity.ts';
import { incidentNotices } from './incident-notices.ts';
import { ticketNotices } from './ticket-notices.ts';
import { webhookNotices } from './webhook-notices.ts';

/** What the desk notifies of. */
export const NOTICES: DeskNotices = {
  language: 'id',
  rules: [ticketNotices, incidentNotices, accessNotices(cgs.settings), webhookNotices],
};

/** The caller's notices, and what rings where. */
export const NOTIFY_ENDPOINTS = notifyEndpoints(cgs, { ...OWN_STYLE, pages: PAGES }, NOTICES);
