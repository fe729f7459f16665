import { grants, membership } from '../../../kernel/auth/grant.ts';
import { noticeRule } from '../../../kernel/notify/desk-notices.ts';
import type { Told } from '../../../kernel/notify/notice.ts';
import { titled } from '../../../kernel/notify/titled.ts';
import { type Webhook, webhooks } from '../../../kernel/webhooks/collection.ts';

type Kind = 'webhookSwitchedOff';
type Value = 'webhook' | 'reason';

const superAdmins = () => ({
  anyOf: [
    grants.queries.ofMembers.where({ memberships: membership('cgs', { role: 'SuperAdmin' }) }),
  ],
});

/** What a change of a webhook means for SuperAdmins: it was switched off, and by nobody of them. */
export const webhookNoticesOf = (
  before: Webhook | undefined,
  after: Webhook | undefined,
): readonly Told<Kind, Value>[] => {
  const reason = after?.active === false && before?.active === true ? after.disabledReason : null;
  if (after === undefined || reason === null) return [];
  const webhook = after.description ?? new URL(after.url).host;
  return [{ kind: 'webhookSwitchedOff', to: [{ of: superAdmins() }], values: { webhook, reason } }];
};

const told = titled<Value>(({ webhook }) => webhook);

/** SuperAdmins are told of a webhook that fails for days, or whose receiver is gone. */
export const webhookNotices = noticeRule({
  name: 'cgsWebhookNotices',
  collection: webhooks,
  of: webhookNoticesOf,
  audienceOf: (to) => to,
  texts: {
    webhookSwitchedOff: told({
      id: ({ reason }) =>
        reason === 'gone'
          ? 'Webhook dimatikan: penerimanya sudah tidak ada'
          : 'Webhook dimatikan: lima hari gagal terus',
      en: ({ reason }) =>
        reason === 'gone'
          ? 'Webhook switched off: its receiver is gone'
          : 'Webhook switched off: it failed for five days',
      es: ({ reason }) =>
        reason === 'gone'
          ? 'Webhook desactivado: su receptor ya no existe'
          : 'Webhook desactivado: falló durante cinco días',
    }),
  },
  sample: { webhook: 'The status page', reason: 'failing' },
  defaultPush: { webhookSwitchedOff: 'on' },
});
