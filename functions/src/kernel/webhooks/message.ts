import type { Delivery } from './collection.ts';

/** A signed request, by the specification of Standard Webhooks. */
export interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The message of a delivery, signed by each of the secrets. Its id and body never change. */
export const messageOf = async (
  { id, type, at, data }: Pick<Delivery, 'id' | 'type' | 'at' | 'data'>,
  secrets: readonly string[],
  now: Date,
): Promise<Message> => {
  const { Webhook } = await import('standardwebhooks');
  const body = JSON.stringify({ type, timestamp: at.toISOString(), data });
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, now, body));
  return {
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': 'Crewline-Webhooks',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': signatures.join(' '),
    },
    body,
  };
};
