import { z } from 'zod';
import type { FieldError } from '../../../kernel/problem.ts';
import type { Webhook } from '../../../kernel/webhooks/collection.ts';
import { faultOfUrl } from '../../../kernel/webhooks/url.ts';
import { optional } from '../domain/request-schemas.ts';
import { REGIONS } from '../domain/vocabulary.ts';

const kind = z.string().regex(/^(\*|[a-z][A-Za-z]{0,49})$/, 'Send a kind of event, or *.');

/** What a request says of a webhook at one of these desks. */
const fieldsOf = (desks: readonly string[]) => ({
  url: z.string().max(2000).meta({ format: 'uri', description: 'https' }),
  description: optional(z.string().trim().max(200).nullable()),
  desk: optional(z.enum(desks).nullable()).meta({ description: 'events of this desk only' }),
  kinds: z.array(kind).min(1).max(50).meta({ description: 'kinds of events; * for all' }),
  region: optional(z.enum(REGIONS).nullable()).meta({
    description: 'events of this region of cgs only',
  }),
  active: z.boolean().optional(),
});

/** The body of a new webhook. */
export const createBodyOf = (desks: readonly string[]) => z.strictObject(fieldsOf(desks));

/** The body of a change; what is left out stays as it is. */
export const updateBodyOf = (desks: readonly string[]) => createBodyOf(desks).partial();

type Given = Pick<Webhook, 'url' | 'description' | 'desk' | 'kinds' | 'region' | 'active'>;

type Sent = Partial<z.output<ReturnType<typeof updateBodyOf>>>;

/** The fields of a webhook after a request. */
export const givenBy = (sent: Sent, before: Given): Given => ({
  url: sent.url ?? before.url,
  description: sent.description === undefined ? before.description : sent.description,
  desk: sent.desk === undefined ? before.desk : sent.desk,
  kinds: sent.kinds ?? before.kinds,
  region: sent.region === undefined ? before.region : sent.region,
  active: sent.active ?? before.active,
});

/** What is wrong with them, which no schema can say. */
export const faultsOf = (
  { url, desk, region }: Given,
  { webhooksToLoopback }: { readonly webhooksToLoopback: boolean },
): readonly FieldError[] => {
  const fault = faultOfUrl(url, webhooksToLoopback);
  const isElsewhere = region !== null && desk !== null && desk !== 'cgs';
  return [
    ...(fault === undefined ? [] : [{ path: 'url', message: fault }]),
    ...(isElsewhere ? [{ path: 'region', message: 'Only events of cgs have a region.' }] : []),
  ];
};
