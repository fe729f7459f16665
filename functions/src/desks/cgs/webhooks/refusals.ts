/** The refusals of requests about webhooks, besides the kernel's own. */
export const WEBHOOK_REFUSALS = {
  'webhook/not-found': { status: 404, message: 'No such webhook. Check the id.' },
  'webhook/delivery-not-found': {
    status: 404,
    message: 'No such delivery of this webhook. Deliveries are kept for 30 days.',
  },
  'webhook/switched-off': {
    status: 409,
    message: 'This webhook is switched off. Switch it on first, with active: true.',
  },
} as const;
